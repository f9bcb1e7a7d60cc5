"""Motions: one file per part of their life, one method per verb."""
