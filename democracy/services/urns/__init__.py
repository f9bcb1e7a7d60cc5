"""Sealed urns beside the database: seeds, roll, casting, log, lists, opening."""
