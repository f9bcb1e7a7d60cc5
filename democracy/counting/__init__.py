"""Exact counting: thresholds, votes between proposals, elections, seats, lots.

Pure: integers and fractions only, no clock, no file, no chance. Every count returns a `Protocol`, which anyone can
recompute with `recount.py`. A tie that only a lot can settle stops the count until the lot is there.
"""
