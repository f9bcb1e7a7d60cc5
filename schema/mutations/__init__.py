"""Mutations, one file per noun."""
