"""What the cases of a board have in common: persons, letters, decisions, files, the clock."""
