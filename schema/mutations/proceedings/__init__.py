"""What happens in a meeting."""
