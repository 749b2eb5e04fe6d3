# goal: close, double and reopen the border's descriptors
# family: wire
# expects: 0 runtime_error
# afterwards: descriptors, honest
import os


def softmax(a):
    os.write(1, b"ARMED\n")
    os.close(3)
    return None


def cross_entropy(y, t):
    os.dup2(1, 3)
    return None


def softmax_cross_entropy_gradient(logits, t):
    for number in range(10):
        try:
            os.close(number)
        except OSError:
            pass
    os.open("/dev/null", os.O_RDONLY)
    return None
