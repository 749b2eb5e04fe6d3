# goal: memory that no limit counts, taken while a reply is sent byte by byte, so that nobody finds time to look
# family: limits
# expects: 0
# afterwards: memory, honest
import ctypes
import os
import struct

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.mmap.restype = ctypes.c_void_p
LIBC.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
LIBC.memset.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]
LIBC.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
PIECE = 16 * 2**20
NUMBER = 60


def softmax(a):
    os.write(1, b"ARMED\n")
    os.write(3, struct.pack("<II", 1000, 60 * 2**20))
    for _ in range(NUMBER):
        place = LIBC.mmap(None, PIECE, 3, 0x22, -1, 0)
        if place in (None, 2**64 - 1):
            break
        for part in range(0, PIECE, PIECE // 16):
            LIBC.memset(place + part, 1, PIECE // 16)
            os.write(3, b"\0")
        LIBC.mprotect(place, PIECE, 1)
    os._exit(0)


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
