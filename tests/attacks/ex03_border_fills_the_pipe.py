# goal: write on the border and on the output without end, so that the grader never finds them empty
# family: wire
# expects: 0
# afterwards: memory, time
import os
import threading

NOISE = b"\0" * 65536


def write(descriptor):
    while True:
        os.write(descriptor, NOISE)


def softmax(a):
    os.write(1, b"ARMED\n")
    threading.Thread(target=write, args=(1,), daemon=True).start()
    threading.Thread(target=write, args=(2,), daemon=True).start()
    write(3)


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
