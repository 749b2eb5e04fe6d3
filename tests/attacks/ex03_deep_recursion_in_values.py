# goal: values that hold themselves a hundred thousand deep, so that whoever walks or frees them falls off the stack
# family: limits
# expects: 0
# afterwards: honest
import os


def nested(kind):
    value = kind()
    for _ in range(100_000):
        value = kind([value]) if kind is not dict else {1: value}
    return value


def softmax(a):
    os.write(1, b"ARMED\n")
    return nested(list)


def cross_entropy(y, t):
    return nested(tuple)


def softmax_cross_entropy_gradient(logits, t):
    return nested(dict)
