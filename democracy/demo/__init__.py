"""The living example."""
