"""Minutes (protokoll) in Swedish, written from what happened: the same record gives the same text."""
