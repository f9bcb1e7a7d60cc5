"""Decisions that can be appealed, and appeals: one verb, one place."""
