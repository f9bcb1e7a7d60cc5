"""Proofs beside the ledger's own: that minutes say what happened."""
