"""Use cases: one file per noun, one method per verb."""
