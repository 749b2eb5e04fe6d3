# goal: the polite exit at the end of the file passes through `except Exception`
# family: forge
# expects: 0
# afterwards: honest
import sys


def softmax(a):
    sys.stdout.write("ARMED\n")
    sys.exit(0)


def cross_entropy(y, t):
    sys.exit(0)


def softmax_cross_entropy_gradient(logits, t):
    raise GeneratorExit


sys.exit(0)
