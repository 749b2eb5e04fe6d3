"""What a submission meets when it imports or calls what the exercise does not offer."""

import pytest

from grader.sandbox.proxy import ModuleProxy, SubmissionRaisedError


def call(open_session, source, **policy):
    session = open_session(source, **policy)
    return ModuleProxy(session, lambda name: name).f()


@pytest.mark.parametrize(
    "source",
    [
        """
        import matplotlib.pyplot as plt
        from mpl_toolkits.mplot3d import Axes3D
        fig, ax = plt.subplots()
        with plt.style.context("dark"):
            ax[0].plot([1, 2]).set(title="x")
        plt.rcParams["figure.figsize"] = (3, 3)
        for line in ax: line.grid(True)
        def f():
            plt.show()
            return 1
        """,
        """
        from google.colab import drive
        drive.mount("/content/drive")
        def f(): return 1
        """,
        """
        try:
            import cupy as np
        except ImportError:
            import numpy as np
        def f(): return int(np.sum(np.ones(1)))
        """,
        """
        import scipy.signal
        from scipy.signal import correlate2d
        import torch.nn.functional as F
        def f(): return 1
        """,
        """
        import json, decimal, dataclasses, random, math, itertools, statistics, typing
        @dataclasses.dataclass
        class Point:
            x: int = 1
        def f(): return Point().x
        """,
    ],
    ids=["plots", "colab", "fallback", "self-checks", "standard library"],
)
def test_what_a_harmless_file_imports(open_session, source):
    inert = ("matplotlib", "mpl_toolkits", "google.colab", "IPython")
    assert call(open_session, source, inert=inert) == 1


def test_what_shows_something_can_be_used_as_people_use_it(open_session):
    source = """
        import matplotlib.pyplot as plt
        import pandas as pd
        from tqdm import tqdm, trange
        fig, (left, middle, right) = plt.subplots(1, 3, figsize=(9, 3))
        fig, axes = plt.subplots(nrows=2, ncols=4)
        for row in axes:
            a, b, c, d = row
        (upper, lower) = plt.subplots(2)[1]
        fig, ax = plt.subplots()
        axes[1, 2].plot([1]); axes.flat[0].set_title("x")
        counts, edges, bars = plt.hist([1, 2])
        h, x, y, image = plt.hist2d([1], [1])
        top = max(1.0, float(ax.get_ylim()[1] * 1.1 + 2 - 1))
        frame = pd.DataFrame({"a": [1]})
        frame[frame["a"] > 0].plot()
        def f():
            total = 0
            bar = tqdm(range(4))
            for i in bar:
                total += i
                bar.set_postfix(total=total)
            return total + sum(trange(3)) + sum(1 for _ in tqdm([1, 2, 3], desc="x"))
        """
    assert call(open_session, source, inert=("matplotlib", "pandas", "tqdm")) == 12


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            "import scipy.signal; return scipy.signal.correlate([1], [1])",
            "scipy.signal.correlate is not available",
        ),
        (
            "from scipy import signal; return signal.convolve([1], [1])",
            "scipy.signal.convolve is not available",
        ),
        ("import pandas_of_mine", "No module named 'pandas_of_mine'"),
        ("import grader", "No module named 'grader'"),
        ("import msgpack", "No module named 'msgpack'"),
        ("import numpy as np; return np.convolve([1], [1])", "numpy.convolve is not available"),
        ("from numpy import convolve; return convolve([1], [1])", "numpy.convolve is not available"),
        ("import numpy; return getattr(numpy, 'conv' + 'olve')([1], [1])", "numpy.convolve is not available"),
        ("import numpy; return numpy._core.numeric.convolve([1], [1])", "numpy.convolve is not available"),
    ],
)
def test_what_is_not_offered_raises_when_it_is_used(open_session, body, words):
    with pytest.raises(SubmissionRaisedError, match=words):
        call(open_session, f"def f():\n    {body}\n", forbidden=("numpy.convolve", "scipy", "no.such.thing"))
