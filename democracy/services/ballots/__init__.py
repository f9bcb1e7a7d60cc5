"""Member ballots: ordered or demanded, prepared, held, certified."""
