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
