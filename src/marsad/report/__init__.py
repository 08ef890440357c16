"""The situation report: what the desk's morning note says, made of the ledger alone, every number with its receipt."""
