# goal: start two thousand threads with the smallest of stacks
# family: limits
# expects: 0 memory_limit
# afterwards: processes, time
import os
import threading
import time

threading.stack_size(32768)


def softmax(a):
    os.write(1, b"ARMED\n")
    for _ in range(2000):
        threading.Thread(target=time.sleep, args=(5,), daemon=True).start()
    time.sleep(60)


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
