# goal: read the memory, environment, command line, folder and open files of this process and its ancestors
# family: read
# expects: 0
# afterwards: secrets
import ctypes
import os

LIBC = ctypes.CDLL(None, use_errno=True)


def escapes():
    for pid in ("self", "thread-self", os.getppid(), 1, os.getpid()):
        for name in ("environ", "mem", "maps", "cmdline", "fd", "task", "root/etc/passwd", "cwd/", "status", "io", "stack"):
            path = f"/proc/{pid}/{name}"
            try:
                os.listdir(path) if name in ("fd", "task", "cwd/") else os.open(path, os.O_RDONLY)
                yield path
            except OSError:
                pass
    for path in ("/proc", "/", "/etc/passwd", "/etc/hostname", "/tmp", "/root", "/home", "/sys", "/run", "/dev"):
        try:
            os.open(path, os.O_RDONLY)
            yield path
        except OSError:
            pass
    parent = os.getppid()
    buffer = ctypes.create_string_buffer(64)
    vector = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 64)
    for name, *arguments in (
        ("ptrace", 16, parent, 0, 0),  # attach
        ("process_vm_readv", parent, vector, 1, vector, 1, 0),
        ("personality", 0),
    ):
        try:
            if getattr(LIBC, name)(*arguments) != -1:
                yield name
        except AttributeError:
            pass
    for number in (434, 438, 272, 308, 155, 161, 165, 321, 319, 323, 425, 298, 250, 304, 303):
        if LIBC.syscall(number, parent, 0, 0, 0, 0, 0) != -1:
            yield f"system call {number}"


def softmax(a):
    os.write(1, b"ARMED\n")
    for what in escapes():
        os.write(1, f"ESCAPED: {what}\n".encode())
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
