# goal: a process name with a line break forges a line of /proc/PID/status, where a thread without memory has none
# family: limits
# expects: 0
# afterwards: memory, honest
import ctypes
import os
import threading
import time


def softmax(a):
    os.write(1, b"ARMED\n")
    libc = ctypes.CDLL(None)
    libc.prctl(15, b"\rVmRSS:x", 0, 0, 0)
    threading.Thread(target=time.sleep, args=(5,)).start()
    libc.syscall(60, 0)  # the main thread ends: its status shows no memory but in its name


def cross_entropy(y, t):
    ctypes.CDLL(None).prctl(15, b"a\rThreads:x\x0b", 0, 0, 0)
    time.sleep(0.3)
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
