"""Applications to form a branch: one verb, one place."""
