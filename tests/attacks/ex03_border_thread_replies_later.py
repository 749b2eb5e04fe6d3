# goal: a thread waits for a later case and replies to its request before the function that was asked
# family: wire
# expects: 0
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
ENCODE = WORKER.f_globals["encode"]


def wait_and_reply(seen):
    until = time.monotonic() + 0.4
    while time.monotonic() < until:
        request_id = WORKER.f_locals.get("request_id")
        if request_id not in (None, seen):
            seen = request_id
            for number in (1, 2, 3):
                header, payload = ENCODE([["value", 0.5, {}]] * number)
                os.write(3, WORKER.f_globals["frame"](request_id + header, payload))


def softmax(a):
    os.write(1, b"ARMED\n")
    threading.Thread(target=wait_and_reply, args=(WORKER.f_locals["request_id"],), daemon=True).start()
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
