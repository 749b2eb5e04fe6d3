# goal: take the worker's own functions apart: reading, writing, encoding, seeding, the table of handles
# family: wire
# expects: 0
# afterwards: honest
import os
import sys


def _frame_of_the_worker():
    frame = sys._getframe()
    while "workspace" not in frame.f_locals:
        frame = frame.f_back
    return frame


WORKER = _frame_of_the_worker()
WORKSPACE = WORKER.f_locals["workspace"]
HONEST = WORKSPACE.answer
for name in ("decode", "frame", "lengths"):
    WORKER.f_globals[name] = lambda *args, **kwargs: None
KINDS = type(WORKSPACE).answer.__globals__
for name in ("_fingerprint", "_seed_global_generators", "_tensor_as_array", "encode"):
    KINDS[name] = lambda *args, **kwargs: b"", b""
WORKSPACE.handles = None
os.read = lambda *args: b""


def softmax(a):
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
