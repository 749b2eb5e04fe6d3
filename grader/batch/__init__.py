"""A whole class: from what was handed in to a gradebook, over any `concurrent.futures.Executor`."""
