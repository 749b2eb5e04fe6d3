"""Notebooks: from cells to one Python source that can be graded, with the way back to cell and line."""
