# goal: hand the grader a descriptor over the border, and ask it for one
# family: escape
# expects: 0
# afterwards: descriptors, honest
import array
import ctypes
import os
import socket


def softmax(a):
    os.write(1, b"ARMED\n")
    libc = ctypes.CDLL(None, use_errno=True)
    for number in (46, 47, 307, 299):  # sendmsg, recvmsg, sendmmsg, recvmmsg
        if libc.syscall(number, 3, ctypes.create_string_buffer(256), 64) != -1:
            os.write(1, f"ESCAPED: system call {number}\n".encode())
    try:
        with socket.socket(fileno=os.dup(3)) as border:
            border.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0]))])
        os.write(1, b"ESCAPED: a descriptor was sent\n")
    except OSError:
        pass
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
