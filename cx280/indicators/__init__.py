"""What an agency judges its services by, year by year: indicators, plan, report, scorecard."""
