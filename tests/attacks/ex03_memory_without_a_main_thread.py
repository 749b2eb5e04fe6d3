# goal: memory that was written and then made read-only counts for no limit; the main thread ends first, so that
#   the process shows no resident size to whoever looks
# family: limits
# expects: 0
# afterwards: memory, processes
import ctypes
import os
import threading
import time

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.mmap.restype = ctypes.c_void_p
LIBC.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
LIBC.memset.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]
LIBC.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
PIECE = 16 * 2**20
NUMBER = 60


def grow():
    for _ in range(NUMBER):
        place = LIBC.mmap(None, PIECE, 3, 0x22, -1, 0)
        if place in (None, 2**64 - 1):
            break
        LIBC.memset(place, 1, PIECE)
        LIBC.mprotect(place, PIECE, 1)
    time.sleep(0.2)
    os._exit(0)


def softmax(a):
    os.write(1, b"ARMED\n")
    threading.Thread(target=grow).start()
    LIBC.syscall(60, 0)  # this thread ends, and the process goes on


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
