# goal: loops without an end inside of compiled code, where Python hears no signal
# family: limits
# expects: 0 time_limit
# afterwards: time, honest
import os
import re


def softmax(a):
    os.write(1, b"ARMED\n")
    re.match(r"(a|a)*$", "a" * 60 + "b")


def cross_entropy(y, t):
    return sum(range(10**12))


def softmax_cross_entropy_gradient(logits, t):
    return pow(3, 10**9) % 7
