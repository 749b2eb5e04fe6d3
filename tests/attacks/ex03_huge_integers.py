# goal: integers that no float holds and no text may show, alone and inside of containers, break whoever formats them
# family: report
# expects: 0 failed
# afterwards: honest
import os

HUGE = 10**5000
number = 0


def softmax(a):
    global number
    os.write(1, b"ARMED\n")
    number += 1
    return [HUGE, -HUGE, [HUGE] * 3, (HUGE, 0.5), {HUGE: HUGE}, {"a": HUGE}][number % 6]


def cross_entropy(y, t):
    return HUGE


def softmax_cross_entropy_gradient(logits, t):
    return {HUGE: 1.0}
