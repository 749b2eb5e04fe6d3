# goal: let the worker's own reply follow a forged one, and answer requests that were not yet made
# family: wire
# expects: 0 runtime_error
# afterwards: honest
import os
import sys
import threading
import time


def _frame_of_the_worker():
    frame = sys._getframe()
    while "workspace" not in frame.f_locals:
        frame = frame.f_back
    return frame


WORKER = _frame_of_the_worker()
WORKSPACE = WORKER.f_locals["workspace"]
HONEST = WORKSPACE.answer

def message(request_id, value):
    header, payload = WORKER.f_globals["encode"]([["value", value, {}]])
    return WORKER.f_globals["frame"](request_id + header, payload)


def softmax(a):
    os.write(1, b"ARMED\n")
    request_id = WORKER.f_locals["request_id"]
    os.write(3, message(request_id, 0.5) * 2)
    return None


def cross_entropy(y, t):
    def later():
        time.sleep(0.005)
        for _ in range(50):
            os.write(3, message(os.urandom(8), 0.5))

    threading.Thread(target=later, daemon=True).start()
    return None


def softmax_cross_entropy_gradient(logits, t):
    os.write(3, message(b"\0" * 8, 0.5))
    return None
