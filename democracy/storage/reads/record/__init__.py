"""Everything that the minutes of a meeting are written from, in a fixed number of statements."""
