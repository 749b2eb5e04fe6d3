# goal: take nearly the whole time of a case to be read, and crash in every call, so that each case reads it again
# family: limits
# expects: 0 time_limit
# afterwards: time, processes
import os
import time

time.sleep(0.3)


def softmax(a):
    os.write(1, b"ARMED\n")
    os.abort()


def cross_entropy(y, t):
    os.abort()


def softmax_cross_entropy_gradient(logits, t):
    os.abort()
