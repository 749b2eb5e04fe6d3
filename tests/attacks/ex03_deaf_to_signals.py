# goal: block and ignore every signal, and sleep
# family: limits
# expects: 0 time_limit
# afterwards: processes, time
import os
import signal
import time


def softmax(a):
    os.write(1, b"ARMED\n")
    every = set(signal.Signals)
    signal.pthread_sigmask(signal.SIG_BLOCK, every)
    for number in every:
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    while True:
        time.sleep(60)


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
