"""What happened at a meeting, as values that minutes are written from."""
