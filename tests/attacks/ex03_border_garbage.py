# goal: write bytes that are no message on the descriptor of the border
# family: wire
# expects: 0 runtime_error
# afterwards: honest
import os


def softmax(a):
    os.write(1, b"ARMED\n")
    os.write(3, os.urandom(4096))
    return None


def cross_entropy(y, t):
    os.write(3, b"\0" * 8 * 100)
    return None


def softmax_cross_entropy_gradient(logits, t):
    os.write(3, b'{"score": 20}\n')
    return None
