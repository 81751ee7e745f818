"""Plans and records talks with OMB, what was left to do, and the briefing handed over."""
