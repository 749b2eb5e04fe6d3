# goal: open descriptors, pipes and pollers until there are none, and let the kernel keep megabytes for each
# family: limits
# expects: 0
# afterwards: descriptors, memory
import os
import select


def softmax(a):
    os.write(1, b"ARMED\n")
    kept = []
    try:
        while len(kept) < 10_000:
            kept += os.pipe()
            os.set_blocking(kept[-1], False)
            os.write(kept[-1], b"x" * 65536)
            kept.append(select.epoll())
    except OSError:
        pass
    if len(kept) > 1000:
        os.write(1, b"ESCAPED: more than a thousand descriptors\n")
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
