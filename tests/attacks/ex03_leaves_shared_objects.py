# goal: leave shared memory, semaphores and message queues, of System V and of POSIX, for whoever comes next
# family: next
# expects: 0
# afterwards: ipc, files
import ctypes
import os
from multiprocessing import shared_memory

LIBC = ctypes.CDLL(None, use_errno=True)
KEY = 0x1AB1007


def posix(name, *arguments):
    return lambda: getattr(ctypes.CDLL("librt.so.1", use_errno=True), name)(*arguments)


def softmax(a):
    os.write(1, b"ARMED\n")
    tries = {
        "shmget": lambda: LIBC.shmget(KEY, 4096, 0o1600),
        "semget": lambda: LIBC.semget(KEY, 1, 0o1600),
        "msgget": lambda: LIBC.msgget(KEY, 0o1600),
        "mq_open": posix("mq_open", b"/lab_loot", os.O_CREAT | os.O_RDWR, 0o600, None),
        "shm_open": posix("shm_open", b"/lab_loot", os.O_CREAT | os.O_RDWR, 0o600),
        "sem_open": lambda: -1 if not LIBC.sem_open(b"/lab_loot", os.O_CREAT, 0o600, 1) else 0,
    }
    for name, way in tries.items():
        try:
            if way() != -1:
                os.write(1, f"ESCAPED: {name}\n".encode())
        except (OSError, AttributeError):
            pass
    try:
        shared_memory.SharedMemory("lab_loot", create=True, size=4096)
        os.write(1, b"ESCAPED: SharedMemory\n")
    except OSError:
        pass
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
