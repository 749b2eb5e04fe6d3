# goal: loop without an end and swallow every exception
# family: limits
# expects: 0 time_limit
# afterwards: processes, time
import os


def softmax(a):
    os.write(1, b"ARMED\n")
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
