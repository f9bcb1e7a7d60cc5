"""Statutes as data."""
