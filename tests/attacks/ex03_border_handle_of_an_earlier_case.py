# goal: keep the objects of an earlier case alive and answer with their handles in every later one
# family: wire
# expects: 0
# afterwards: honest
import os


class Mirror:
    """Answers what it was asked for the first time."""

    kept = []

    def __init__(self, value):
        self.kept.append(value)

    def __array__(self, dtype=None, copy=None):
        return self.kept[0]


def softmax(a):
    os.write(1, b"ARMED\n")
    import sys

    frame = sys._getframe()
    while "workspace" not in frame.f_locals:
        frame = frame.f_back
    workspace = frame.f_locals["workspace"]
    workspace.handles.forget = lambda: None
    return Mirror(a)


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
