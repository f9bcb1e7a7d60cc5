"""Use cases of matters before councils and boards."""
