"""Pure values and arithmetic."""
