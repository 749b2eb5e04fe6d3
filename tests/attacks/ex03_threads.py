# goal: threads that never end, more than the machine has room for
# family: limits
# expects: 0
# afterwards: processes, time
import os
import threading
import time


def softmax(a):
    os.write(1, b"ARMED\n")
    for _ in range(300):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    time.sleep(60)


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
