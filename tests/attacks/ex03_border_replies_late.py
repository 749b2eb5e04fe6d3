# goal: reply when the time of the case is over, so that the reply belongs to the next one
# family: wire
# expects: 0 time_limit
# afterwards: time, honest
import os
import sys
import time


def _frame_of_the_worker():
    frame = sys._getframe()
    while "workspace" not in frame.f_locals:
        frame = frame.f_back
    return frame


WORKER = _frame_of_the_worker()
WORKSPACE = WORKER.f_locals["workspace"]
HONEST = WORKSPACE.answer
ENCODE = WORKER.f_globals["encode"]


def softmax(a):
    os.write(1, b"ARMED\n")
    time.sleep(0.7)
    header, payload = ENCODE([["value", None, {}], ["value", 0.5, {}]])
    os.write(3, WORKER.f_globals["frame"](WORKER.f_locals["request_id"] + header, payload))
    time.sleep(60)


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
