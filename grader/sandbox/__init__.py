"""The border between the grader and the submission."""
