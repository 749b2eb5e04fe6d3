# goal: memory that is nobody's own: shared without a file, of System V, of POSIX, in a file without a name, locked
# family: limits
# expects: 0
# afterwards: ipc, memory
import ctypes
import mmap
import os

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.mmap.restype = LIBC.shmat.restype = ctypes.c_void_p
KEY = 0x1AB1007
FAILED = 2**64 - 1


def ways():
    yield "shared mmap", lambda: mmap.mmap(-1, 2**20)
    yield "memfd", lambda: os.memfd_create("lab_loot")
    yield "shmget", lambda: LIBC.shmget(KEY, 2**20, 0o1600)
    yield "shm_open", lambda: LIBC.shm_open(b"/lab_loot", os.O_CREAT | os.O_RDWR, 0o600)
    yield "mlock", lambda: LIBC.mlock(ctypes.create_string_buffer(4096), 4096)
    yield "growing down", lambda: as_int(LIBC.mmap(None, ctypes.c_size_t(2**20), 3, 0x22 | 0x100, -1, ctypes.c_long(0)))
    yield "huge pages", lambda: as_int(LIBC.mmap(None, ctypes.c_size_t(2**21), 3, 0x22 | 0x40000, -1, ctypes.c_long(0)))
    yield "secret memory", lambda: LIBC.syscall(447, 0)


def as_int(place):
    return -1 if place in (None, FAILED) else 0


def softmax(a):
    os.write(1, b"ARMED\n")
    for name, way in ways():
        try:
            if way() != -1:
                os.write(1, f"ESCAPED: {name}\n".encode())
        except (OSError, ValueError):
            pass
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
