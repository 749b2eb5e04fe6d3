# goal: run a program that is on no disk: from memory without a name, from the scratch of others, from a pipe
# family: escape
# expects: 0
# afterwards: processes, files
import ctypes
import os

LIBC = ctypes.CDLL(None, use_errno=True)
SCRIPT = b"#!/bin/sh\nexit 0\n"


def softmax(a):
    os.write(1, b"ARMED\n")
    for number in (319, 279):  # memfd_create on x86_64 and elsewhere
        descriptor = LIBC.syscall(number, b"lab_loot", 0)
        if descriptor >= 0 and os.uname().machine == ("x86_64" if number == 319 else "aarch64"):
            os.write(1, b"ESCAPED: memory with a descriptor\n")
    reader, writer = os.pipe()
    os.write(writer, SCRIPT)
    for path in (f"/proc/self/fd/{reader}", "/bin/true", "/proc/self/exe", "/lib64/ld-linux-x86-64.so.2"):
        try:
            os.execv(path, [path])
        except OSError:
            pass
    LIBC.fexecve(reader, (ctypes.c_char_p * 1)(), (ctypes.c_char_p * 1)())
    LIBC.syscall(322, reader, b"", 0, 0, 0x1000)  # execveat
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
