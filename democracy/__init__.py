"""The application: what the organisation is and does."""
