# goal: set the clocks, so that limits end never or at once
# family: escape
# expects: 0
# afterwards: time, honest
import ctypes
import os
import time

LIBC = ctypes.CDLL(None, use_errno=True)


def softmax(a):
    os.write(1, b"ARMED\n")
    now = time.clock_gettime(time.CLOCK_REALTIME)
    try:
        time.clock_settime(time.CLOCK_REALTIME, now)
        os.write(1, b"ESCAPED: the clock\n")
    except OSError:
        pass
    for name, number in (("settimeofday", 164), ("adjtimex", 159), ("clock_adjtime", 305)):
        if os.uname().machine == "x86_64" and LIBC.syscall(number, 0, 0) != -1:
            os.write(1, f"ESCAPED: {name}\n".encode())
    time.time = time.monotonic = time.perf_counter = lambda: 0.0
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
