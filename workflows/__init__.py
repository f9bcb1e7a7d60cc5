"""The rulebook: every rule of procedure, declared once."""
