"""Auto-grading for an introductory deep-learning course.

The answer never enters the student's process: hidden suites, solutions and expected values live in the
grader; the submission lives in a jailed worker; only plain values cross.
"""

__version__ = "0.1.0"
