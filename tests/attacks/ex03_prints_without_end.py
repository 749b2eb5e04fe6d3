# goal: more output than anybody keeps, on both streams, before and after each reply
# family: report
# expects: 0
# afterwards: memory, time
import os
import threading

PAGE = b"ARMED " * 10_000


def flood():
    while True:
        os.write(2, PAGE)


def softmax(a):
    for _ in range(200):
        os.write(1, PAGE)
    return None


def cross_entropy(y, t):
    threading.Thread(target=flood, daemon=True).start()
    return None


def softmax_cross_entropy_gradient(logits, t):
    print("x" * 10_000_000)
    return None
