"""How platforms name what was handed in: one module for each layout."""
