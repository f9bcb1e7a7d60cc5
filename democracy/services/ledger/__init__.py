"""The ledger towards the outside: its key, its signed checkpoints, its tree as files, its witnesses."""
