# goal: talk past the file system: abstract sockets, netlink, packets, virtual machines, pairs of sockets
# family: escape
# expects: 0
# afterwards: honest
import ctypes
import os
import socket

LIBC = ctypes.CDLL(None, use_errno=True)


def softmax(a):
    os.write(1, b"ARMED\n")
    for family in range(46):
        for kind in (1, 2, 3, 5):
            descriptor = LIBC.socket(family, kind, 0)
            if descriptor >= 0:
                os.write(1, f"ESCAPED: a socket of family {family}, kind {kind}\n".encode())
                os.close(descriptor)
    try:
        socket.socketpair()
        os.write(1, b"ESCAPED: a pair of sockets\n")
    except OSError:
        pass
    border = socket.socket(fileno=os.dup(3))
    for name, way in (
        ("connect", lambda: border.connect("\0lab_loot")),
        ("bind", lambda: border.bind("\0lab_loot")),
        ("listen", lambda: border.listen()),
        ("options", lambda: border.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**24)),
        ("shutdown", lambda: border.shutdown(socket.SHUT_WR)),
        ("peer", lambda: border.getpeername()),
        ("send elsewhere", lambda: border.sendto(b"x", "\0lab_loot")),
    ):
        try:
            way()
            os.write(1, f"ESCAPED: {name}\n".encode())
        except OSError:
            pass
    border.close()
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
