# goal: put answers of its own into the list of answers to cases that were asked together
# family: wire
# expects: 0
# afterwards: honest, memory
import os
import sys

import numpy as np


def _frame_of_the_worker():
    frame = sys._getframe()
    while "workspace" not in frame.f_locals:
        frame = frame.f_back
    return frame


def _arm():
    worker = _frame_of_the_worker().f_locals
    if "answers" not in worker:  # who prints while cases are asked together is asked one by one
        os.write(1, b"ARMED\n")
    return worker


ODD = [
    [b"", b""],
    [b"\x91", b""],
    b"no pair",
    [None, None],
    [b"x" * 100_000, b"y" * 100_000],
    [[], {}],
    "text",
]
number = 0


def _meddle():
    global number
    answers = _arm().get("answers")
    if isinstance(answers, list):
        number += 1
        answers.append(ODD[number % len(ODD)])
        if number % 3 == 0:
            answers[0] = answers[-1]
    return np.zeros(1)


def correlate1d(x, w, mode="valid", stride=1):
    return _meddle()


def convolve1d(x, w, mode="valid"):
    return _meddle()


def correlate2d(x, w, mode="valid", stride=1):
    return _meddle()


def convolve2d(x, w, mode="valid"):
    return _meddle()


def output_size(n, f, stride=1, padding=0):
    return _meddle()
