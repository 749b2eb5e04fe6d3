# goal: put another filter, another jail or another set of credentials over this one
# family: escape
# expects: 0
# afterwards: honest
import ctypes
import os

LIBC = ctypes.CDLL(None, use_errno=True)


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]


ALLOW = ctypes.create_string_buffer(b"\x06\0\0\0\0\0\xff\x7f")


def softmax(a):
    os.write(1, b"ARMED\n")
    program = Program(1, ctypes.addressof(ALLOW))
    tries = {
        "seccomp": lambda: LIBC.syscall(317, 1, 0, ctypes.byref(program)),
        "seccomp with a listener": lambda: LIBC.syscall(317, 1, 8, ctypes.byref(program)),
        "prctl seccomp": lambda: LIBC.prctl(22, 2, ctypes.byref(program), 0, 0),
        "dumpable": lambda: LIBC.prctl(4, 1, 0, 0, 0),
        "ptracer": lambda: LIBC.prctl(0x59616D61, -1, 0, 0, 0),
        "subreaper": lambda: LIBC.prctl(36, 1, 0, 0, 0),
        "speculation": lambda: LIBC.prctl(53, 0, 4, 0, 0),
        "memory map": lambda: LIBC.prctl(35, 8, 0, 0, 0),
        "ambient": lambda: LIBC.prctl(47, 2, 0, 0, 0),
        "timer slack": lambda: LIBC.prctl(29, 1, 0, 0, 0),
        "setuid": lambda: LIBC.setuid(0),
        "setgroups": lambda: LIBC.setgroups(0, None),
        "capset": lambda: LIBC.capset(ctypes.create_string_buffer(8), ctypes.create_string_buffer(b"\xff" * 24)),
    }
    for name, way in tries.items():
        if way() != -1:
            os.write(1, f"ESCAPED: {name}\n".encode())
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
