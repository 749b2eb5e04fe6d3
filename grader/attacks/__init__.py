"""Hostile submissions: reading a corpus of them, and proving that none gets anywhere."""
