"""Elections of persons: prepared, nominated for, proposed, voted on, declared, seated."""
