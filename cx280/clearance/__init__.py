"""OMB's permission to ask the public, its expiry and its burden ledger (280.11)."""
