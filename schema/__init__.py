"""The web edge: everything GraphQL and HTTP."""
