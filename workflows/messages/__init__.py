"""Every denial and action in words."""
