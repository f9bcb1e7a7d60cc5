"""Secret votes: sealing, mixing, log, verification. Pure."""
