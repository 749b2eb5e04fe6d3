"""Wrong submissions that no `mistakes.py` declares: five for each exercise, written as changes of a right answer.

`docs/diagnosis.md` says for each of them whether the screen leads to the fix. `named` is what the diagnosis calls it;
where it is empty, the pictures, the case's own hint and the smallest failing input have to do.
"""

from dataclasses import dataclass
from pathlib import Path

from grader.course_folders import bundled_root


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """One wrong submission.

    Attributes:
        exercise: Which exercise.
        slip: What the learner did, in a few words.
        before: A piece of the solution.
        after: What stands there instead.
        named: The names that the diagnosis gives, in any order.
    """

    exercise: str
    slip: str
    before: str
    after: str
    named: tuple[str, ...] = ()

    @property
    def source(self):
        """The whole file."""
        (folder,) = Path(bundled_root() / "solutions").glob(f"{self.exercise}_*")
        text = (folder / f"{self.exercise}.py").read_text("utf-8")
        assert text.count(self.before) >= 1, (self.exercise, self.slip)
        return text.replace(self.before, self.after)


def wrong(exercise, slip, before, after, *named):
    return Wrong(exercise=exercise, slip=slip, before=before, after=after, named=named)


WRONG = (
    wrong("ex01", "fires above one half only", "(np.asarray(x) > 0)", "(np.asarray(x) > 0.5)"),
    wrong("ex01", "the sum without the step", "return step_function(x @ w + b)", "return x @ w + b"),
    wrong("ex01", "w·x instead of x·w: no batches", "step_function(x @ w + b)", "step_function(w @ x + b)"),
    wrong("ex01", "each update overwrites the weights", "w = w + lr * error * x", "w = lr * error * x"),
    wrong("ex01", "target times output", "error = target - perceptron", "error = target * perceptron"),
    wrong("ex02", "the sigmoid's sign", "(1 + np.tanh(z / 2)) / 2", "1 / (1 + np.exp(z))"),
    wrong(
        "ex02",
        "the two biases changed places",
        "hidden = sigmoid(X @ W1 + b1)\n    return sigmoid(hidden @ W2 + b2)",
        "hidden = sigmoid(X @ W1 + b2)\n    return sigmoid(hidden @ W2 + b1)",
    ),
    wrong("ex02", "abs for ReLU", "np.maximum(z, 0)", "np.abs(z)"),
    wrong(
        "ex02",
        "the output has no bias",
        "biases = num_units",
        "biases = num_units if num_units != sizes[-1] else 0",
    ),
    wrong("ex02", "the hidden values returned", "return relu_xor_hidden(X) @ w", "return relu_xor_hidden(X)"),
    wrong("ex03", "2 to the power of a", "exponentials = np.exp(shifted)", "exponentials = 2.0**shifted"),
    wrong(
        "ex03",
        "multiplied by the batch size",
        "(softmax(logits) - as_one_hot(t, logits)) / count",
        "(softmax(logits) - as_one_hot(t, logits)) * count",
        "general_factor_batch",
    ),
    wrong(
        "ex03",
        "the logarithm of 1 - y",
        "np.log(np.maximum(y, SMALLEST_PROBABILITY))",
        "np.log(np.maximum(1 - y, SMALLEST_PROBABILITY))",
    ),
    wrong(
        "ex03",
        "rounded for the eye",
        "return exponentials / np.sum(exponentials, axis=-1, keepdims=True)",
        "return np.round(exponentials / np.sum(exponentials, axis=-1, keepdims=True), 3)",
        "general_rounding",
    ),
    wrong(
        "ex03",
        "softmax of softmax in the gradient",
        "(softmax(logits) - as_one_hot",
        "(softmax(softmax(logits)) - as_one_hot",
    ),
    wrong(
        "ex04",
        "dW twice as large",
        "self.dW = self.x.T @ dout",
        "self.dW = 2 * self.x.T @ dout",
        "general_factor_two",
    ),
    wrong("ex04", "half of the sigmoid's slope", "dout * self.y * (1 - self.y)", "dout * self.y"),
    wrong(
        "ex04",
        "the difference the wrong way round",
        "(above - below) / (2 * h)",
        "(below - above) / (2 * h)",
        "general_sign",
    ),
    wrong(
        "ex04",
        "b1 and b2 changed places",
        '"b1": hidden.db, "W2": output.dW, "b2": output.db',
        '"b1": output.db, "W2": output.dW, "b2": hidden.db',
    ),
    wrong("ex04", "the bias is subtracted", "x @ self.W + self.b", "x @ self.W - self.b"),
    wrong(
        "ex05",
        "mean for sum",
        "np.sum(padded[start : start + f] * w)",
        "np.mean(padded[start : start + f] * w)",
        "general_factor_dimension",
    ),
    wrong(
        "ex05",
        "the signal turned around, not the kernel",
        "correlate1d(x, np.asarray(w)[::-1], mode)",
        "correlate1d(np.asarray(x)[::-1], w, mode)",
    ),
    wrong(
        "ex05",
        "the edge repeated, no zeros",
        "np.pad(x, zeros_around(f, mode, extra_zero_first=True))",
        "np.pad(x, zeros_around(f, mode, extra_zero_first=True), mode='edge')",
    ),
    wrong(
        "ex05",
        "the kernel divided by the stride",
        "(n + 2 * padding - f) // stride + 1",
        "(n + 2 * padding) // stride - f + 1",
    ),
    wrong("ex05", "the largest product", "y[i, j] = np.sum(window * w)", "y[i, j] = np.max(window * w)"),
    wrong("ex06", "the smallest of each window", "stride, padding, np.max)", "stride, padding, np.min)"),
    wrong("ex06", "median for mean", "stride, padding, np.mean)", "stride, padding, np.median)"),
    wrong("ex06", "places instead of values", "[np.max(x[window])", "[window.start + np.argmax(x[window])"),
    wrong(
        "ex06",
        "result transposed",
        "return y[0, :, :, 0] if x.ndim == 2 else y",
        "return y[0, :, :, 0].T if x.ndim == 2 else y",
        "general_transposed",
    ),
    wrong(
        "ex06",
        "gradient halved",
        "+= gradients[n, i, j, c]",
        "+= gradients[n, i, j, c] / 2",
        "general_factor_two",
    ),
    wrong("ex07", "ReLU for tanh", "np.tanh(a)", "np.maximum(a, 0)"),
    wrong("ex07", "the bias twice", "x @ Wx + b\n", "x @ Wx + b + b\n"),
    wrong("ex07", "the sequence read from its end", "xs[:, t, :]", "xs[:, T - 1 - t, :]"),
    wrong("ex07", "dWh without the slope", "h_prev.T @ da", "h_prev.T @ dh_next"),
    wrong("ex07", "dx with the opposite sign", "dx = da @ Wx.T", "dx = -da @ Wx.T", "general_sign"),
    wrong("ex08", "300 and 100 units in the other order", "Dense(300, activation", "Dense(100, activation"),
    wrong("ex08", "Adam for SGD", 'optimizer="sgd"', 'optimizer="adam"'),
    wrong(
        "ex08",
        "the last rows kept for validation",
        "return (X[n_valid:], y[n_valid:]), (X[:n_valid], y[:n_valid])",
        "return (X[:-n_valid], y[:-n_valid]), (X[-n_valid:], y[-n_valid:])",
    ),
    wrong("ex08", "the least probable class", "np.argmax(probs, axis=1)", "np.argmin(probs, axis=1)"),
    wrong(
        "ex08",
        "joined with the first hidden layer",
        "Concatenate()([inputs, hidden2])",
        "Concatenate()([inputs, hidden1])",
    ),
)
