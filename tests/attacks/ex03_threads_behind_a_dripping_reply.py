# goal: more threads than a machine has room for, started while a reply is sent byte by byte
# family: limits
# expects: 0
# afterwards: processes, time
import os
import struct
import threading
import time

threading.stack_size(32768)


def softmax(a):
    os.write(1, b"ARMED\n")
    os.write(3, struct.pack("<II", 1_000_000, 1000))
    try:
        for _ in range(1000):
            threading.Thread(target=time.sleep, args=(2,), daemon=True).start()
            os.write(3, b"\0")
    except RuntimeError:
        pass
    until = time.monotonic() + 0.2
    while time.monotonic() < until:
        os.write(3, b"\0")
        time.sleep(0.001)
    os._exit(0)


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
