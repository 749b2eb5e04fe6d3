# goal: sequences and generators without an end, and lists that hold themselves
# family: lie
# expects: 0
# afterwards: memory, time
import itertools
import os


class Endless:
    def __len__(self):
        return 3

    def __iter__(self):
        return itertools.count()

    def __getitem__(self, index):
        return 0.0


def softmax(a):
    os.write(1, b"ARMED\n")
    return Endless()


def cross_entropy(y, t):
    return itertools.repeat(0.0)


def softmax_cross_entropy_gradient(logits, t):
    loop = [1.0]
    loop.append(loop)
    return loop
