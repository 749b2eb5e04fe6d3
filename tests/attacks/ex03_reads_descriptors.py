# goal: look through every descriptor that this process has inherited, and take a second look through /dev/fd
# family: read
# expects: 0
# afterwards: secrets, descriptors
import os
import stat


def softmax(a):
    os.write(1, b"ARMED\n")
    for number in range(4, 2048):
        try:
            mode = os.fstat(number).st_mode
            os.write(1, f"ESCAPED: descriptor {number} of mode {mode:o}\n".encode())
        except OSError:
            pass
    if not stat.S_ISCHR(os.fstat(0).st_mode):
        os.write(1, b"ESCAPED: something lies on the standard input\n")
    for folder in ("/dev/fd", "/proc/self/fd", "/proc/self/task"):
        try:
            os.write(1, f"ESCAPED: {os.listdir(folder)}\n".encode())
        except OSError:
            pass
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
