"""Exact counting: thresholds, votes between proposals, elections, seats, lots. Pure."""
