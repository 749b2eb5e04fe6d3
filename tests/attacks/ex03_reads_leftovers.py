# goal: ask for memory that nobody has cleaned, in the hope that a file of the course once lay there
# family: read
# expects: 0
# afterwards: secrets
import os

import numpy as np

WORDS = [word.encode() for word in ("tests_mark-", "solution_mark-", "other_mark-")]


def softmax(a):
    os.write(1, b"ARMED\n")
    for size in (64, 256, 1024, 4096, 2**16, 2**18, 2**20):
        for _ in range(8):
            data = np.empty(size, dtype=np.uint8).tobytes()
            for word in WORDS:
                at = data.find(word)
                if at >= 0 and data[at + len(word) : at + len(word) + 8].isalnum():
                    os.write(1, b"ESCAPED: " + data[at : at + 48] + b"\n")
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
