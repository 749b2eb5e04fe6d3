"""Right, written another way: plain Python loops over rows and the math module, arrays only at the end."""

import math

import numpy as np


def softmax_of_row(row):
    largest = max(row)
    exponentials = [math.exp(number - largest) for number in row]
    total = sum(exponentials)
    return [number / total for number in exponentials]


def softmax(a):
    if a.ndim == 1:
        return np.array(softmax_of_row(a))
    rows = []
    for row in a:
        rows.append(softmax_of_row(row))
    return np.array(rows)


def target_of(t, n):
    """Return the label of sample n."""
    return int(np.argmax(t[n])) if np.ndim(t) == 2 else int(t[n])


def cross_entropy(y, t):
    if y.ndim == 1:
        label = int(np.argmax(t)) if np.ndim(t) == 1 else int(t)
        return -math.log(max(float(y[label]), 1e-10))
    total = 0
    for n in range(len(y)):
        total += cross_entropy(y[n], target_of(t, n))
    return total / len(y)


def softmax_cross_entropy_gradient(logits, t):
    if logits.ndim == 1:
        gradient = softmax(logits)
        label = int(np.argmax(t)) if np.ndim(t) == 1 else int(t)
        gradient[label] = gradient[label] - 1
        return gradient
    gradients = [softmax_cross_entropy_gradient(logits[n], target_of(t, n)) for n in range(len(logits))]
    return np.array(gradients) / len(logits)
