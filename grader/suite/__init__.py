"""The trusted side of a case: collection, comparison, points."""
