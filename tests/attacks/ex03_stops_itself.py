# goal: stop this process, so that whoever waits for it to end waits for ever
# family: limits
# expects: 0 time_limit
# afterwards: processes, time
import os
import signal


def softmax(a):
    os.write(1, b"ARMED\n")
    os.kill(os.getpid(), signal.SIGSTOP)
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
