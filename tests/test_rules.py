"""The static rules: what is found through which disguise, and above all what is not."""

import ast
import sysconfig
import textwrap
import time
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.course import EntryPoint, Exercise, Limits, find_course
from grader.language import Text
from grader.source.bind_names import bind_names
from grader.source.rules import INERT_MODULES, Finding, Rule, _Policy, check_rules, is_inert
from grader.submission import read_submission

EXERCISE = Exercise(
    id="ex05",
    folder=Path("exercises/ex05_convolution"),
    solution_folder=None,
    title=Text(en="Convolution", ko="합성곱"),
    skills=("convolution",),
    prerequisites=(),
    entry_points=(
        EntryPoint(name="convolve1d", parameters=("x", "w"), aliases=("convolution_1d",)),
        EntryPoint(name="correlate1d", parameters=("x", "w")),
    ),
    allowed_imports=("numpy",),
    forbidden_calls=("numpy.convolve", "numpy.correlate", "numpy.fft", "scipy", "sum"),
    sources=(),
    limits=Limits(),
    total_points=10.0,
)


def findings(source, exercise=EXERCISE):
    source = textwrap.dedent(source)
    tree = ast.parse(source)
    names = bind_names(tree).module.bindings
    entry_points = {name: name for name in exercise.names if name in names}
    result = check_rules(tree, exercise, entry_points)
    assert check_rules(tree, exercise, entry_points, source) == result  # whether its words clear it or not
    return result


def found(source, exercise=EXERCISE):
    """Return what is found as short texts: `3:5 numpy.convolve`."""
    return [f"{finding.line}:{finding.column} {finding.name}" for finding in findings(source, exercise)]


def test_a_finding_says_what_where_and_for_whom():
    source = """\
    import numpy as np

    def shared(x, w):
        return np.convolve(x, w)

    def convolve1d(x, w):
        return shared(x, w)

    def correlate1d(x, w):
        return shared(x, w[::-1]) + np.correlate(x, w)
    """
    assert findings(source) == (
        Finding(
            rule=Rule.FORBIDDEN_CALL,
            name="numpy.convolve",
            line=4,
            column=12,
            entry_points=("convolve1d", "correlate1d"),
        ),
        Finding(
            rule=Rule.FORBIDDEN_CALL,
            name="numpy.correlate",
            line=10,
            column=33,
            entry_points=("correlate1d",),
        ),
    )


def test_the_entry_point_is_named_by_its_own_name_not_by_the_alias():
    tree = ast.parse("import numpy as np\ndef convolution_1d(x, w): return np.convolve(x, w)\n")
    only = check_rules(tree, EXERCISE, {"convolve1d": "convolution_1d"})[0]
    assert only.entry_points == ("convolve1d",)
    assert check_rules(tree, EXERCISE, {}) == ()


def test_columns_count_characters(tmp_path):
    path = tmp_path / "ex05.py"
    path.write_text("import numpy as np\ndef convolve1d(x, w): return '합성곱', np.convolve(x, w)\n", "utf-8")
    submission = read_submission(path, EXERCISE)
    finding = check_rules(submission.tree, EXERCISE, submission.entry_points)[0]
    assert submission.source.split("\n")[finding.line - 1][finding.column - 1 :].startswith("np.convolve")


# --- disguises ---

FUNCTION = "def convolve1d(x, w):\n    "


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import numpy\n{f}return numpy.convolve(x, w)", "3:12 numpy.convolve"),
        ("import numpy as np\n{f}return np.convolve(x, w)", "3:12 numpy.convolve"),
        ("from numpy import convolve\n{f}return convolve(x, w)", "3:12 numpy.convolve"),
        ("from numpy import convolve as c\n{f}return c(x, w)", "3:12 numpy.convolve"),
        ("from numpy import *\n{f}return convolve(x, w)", "3:12 numpy.convolve"),
        ("from math import *\nfrom numpy import *\n{f}return convolve(x, w)", "4:12 numpy.convolve"),
        ("import numpy as np\nf = np.convolve\n{f}return f(x, w)", "2:5 numpy.convolve"),
        ("import numpy as np\nf: object = np.convolve\n{f}return f(x, w)", "2:13 numpy.convolve"),
        ("import numpy as np\nf = g = np.convolve\n{f}return g(x, w)", "2:9 numpy.convolve"),
        ("import numpy as np\nd, f = np.dot, np.convolve\n{f}return f(x, w)", "2:16 numpy.convolve"),
        ("import numpy as np\nf, *g = make(np.convolve)\n{f}return g[0](x, w)", "2:14 numpy.convolve"),
        ("import numpy as np\nfs = {{'c': np.convolve}}\n{f}return fs['c'](x, w)", "2:12 numpy.convolve"),
        ("import numpy as np\nn = np\n{f}return n.convolve(x, w)", "4:12 numpy.convolve"),
        ("import numpy as np\n{f}n = np\n    return n.convolve(x, w)", "4:12 numpy.convolve"),
        ("import numpy as np\n{f}return (n := np).convolve(x, w)", "3:12 numpy.convolve"),
        ("import numpy as np\n{f}return getattr(np, 'convolve')(x, w)", "3:12 numpy.convolve"),
        ("import numpy as np\n{f}return getattr(np, 'con' + 'volve', None)(x, w)", "3:12 numpy.convolve"),
        ("import numpy as np\nN = 'convolve'\n{f}return getattr(np, N)(x, w)", "4:12 numpy.convolve"),
        ("import numpy as np\n{f}return np.__dict__['convolve'](x, w)", "3:12 numpy.convolve"),
        ("import numpy as np\n{f}return vars(np)['convolve'](x, w)", "3:12 numpy.convolve"),
        ("import sys\n{f}return sys.modules['numpy'].convolve(x, w)", "3:12 numpy.convolve"),
        ("{f}return __import__('numpy').convolve(x, w)", "2:12 numpy.convolve"),
        (
            "import importlib\n"
            "{f}return importlib.import_module('numpy').convolve(x, w)",
            "3:12 numpy.convolve",
        ),
        ("from importlib import import_module as i\n{f}return i('numpy.fft').fft(x)", "3:12 numpy.fft.fft"),
        ("import importlib\n{f}return importlib.import_module('scipy')", "3:12 scipy"),
        ("{f}return __import__('scipy.signal').signal.convolve(x, w)", "2:12 scipy.signal.convolve"),
        ("s = __import__('scipy')\n{f}return s.signal.convolve(x, w)", "1:5 scipy"),
        ("{f}import numpy as q\n    return q.convolve(x, w)", "3:12 numpy.convolve"),
        ("{f}from numpy import convolve as q\n    return q(x, w)", "3:12 numpy.convolve"),
        ("{f}import scipy.signal as q\n    return q.convolve(x, w)", "2:5 scipy.signal"),
        ("{f}from scipy import signal\n    return signal.convolve(x, w)", "2:5 scipy"),
        ("import scipy.signal\n{f}return scipy.signal.convolve(x, w)", "3:12 scipy.signal.convolve"),
        ("from scipy.signal import *\n{f}return convolve(x, w)", "3:12 scipy.signal.convolve"),
        ("from numpy import fft\n{f}return fft.ifft(x)", "3:12 numpy.fft.ifft"),
        ("from numpy.fft import fft\n{f}return fft(x)", "3:12 numpy.fft.fft"),
        ("from numpy.core.numeric import convolve\n{f}return convolve(x, w)", "3:12 numpy.convolve"),
        ("import numpy as np\n{f}return np._core.numeric.convolve(x, w)", "3:12 numpy.convolve"),
        ("import numpy as np\n{f}return np.convolve.__call__(x, w)", "3:12 numpy.convolve.__call__"),
        ("import numpy as np\n{f}return [np.convolve(a, w) for a in x]", "3:13 numpy.convolve"),
        ("import numpy as np\n{f}return (lambda: np.convolve(x, w))()", "3:21 numpy.convolve"),
        (
            "import numpy as np\nfrom functools import partial\n"
            "{f}return partial(np.convolve, x)(w)",
            "4:20 numpy.convolve",
        ),
        ("{f}return sum(x)", "2:12 sum"),
        ("import builtins\n{f}return builtins.sum(x)", "3:12 sum"),
        ("from numpy import convolve as convolve1d", "1:1 numpy.convolve"),
        ("import numpy as np\nconvolve1d = np.convolve", "2:14 numpy.convolve"),
        ("import numpy as np\nconvolve1d = lambda x, w: np.convolve(x, w)", "2:27 numpy.convolve"),
        (
            "try:\n    from scipy.signal import convolve as c\n"
            "except ImportError:\n    c = None\n{f}return c(x, w)",
            "6:12 scipy.signal.convolve",
        ),
        (
            "if fast:\n    import numpy as np\nelse:\n"
            "    import math as np\n{f}np.convolve(x, w)",
            "6:5 numpy.convolve",
        ),
    ],
)  # fmt: skip
def test_a_forbidden_call_is_found_through(source, expected):
    assert found(source.format(f=FUNCTION)) == [expected]


@pytest.mark.parametrize(
    "source",
    [
        "def a(x): return b(x)\ndef b(x): return np.convolve(x, x)\ndef convolve1d(x, w): return a(x)",
        "class A:\n    def f(self): return np.convolve(1, 2)\ndef convolve1d(x, w): return A().f()",
        "class A:\n    f = np.convolve\ndef convolve1d(x, w): return A.f(x, w)",
        "class B:\n    def f(self): return np.convolve(1, 2)\nclass convolve1d(B): pass",
        "class convolve1d:\n    class Inner:\n        def f(self): return np.convolve(1, 2)",
        "class convolve1d:\n    def forward(self, x): return np.convolve(x, x)",
        "def d(f): return np.convolve\n@d\ndef convolve1d(x, w): pass",
        "@np.convolve\ndef convolve1d(x, w): pass",
        "def convolve1d(x, w, f=np.convolve): return f(x, w)",
        "def convolve1d(x, w, *, f=np.convolve): return f(x, w)",
        "K = np.convolve(1, 2)\ndef convolve1d(x, w): return K",
        "K = []\nK += [np.convolve(1, 2)]\ndef convolve1d(x, w): return K",
        "for K in [np.convolve]: pass\ndef convolve1d(x, w): return K(x, w)",
        "with open(np.convolve) as K: pass\ndef convolve1d(x, w): return K",
        "def convolve1d(x, w):\n    def inner(): return np.convolve(x, w)\n    return inner()",
        (
            "def convolve1d(x, w):\n    class Inner:\n"
            "        def f(self): return np.convolve(x, w)\n    return Inner().f()"
        ),
        "def setup():\n    global f\n    f = np.convolve\ndef convolve1d(x, w): return f(x, w)",
        "def convolve1d(x, w):\n    try: return np.convolve(x, w)\n    except ImportError: pass",
        "def convolve1d(x, w):\n    match x:\n        case 1 if np.convolve(x, w): pass",
        "def convolve1d(x, w):\n    with a as b:\n        yield np.convolve(x, w)",
        "async def helper(x): np.convolve(x, x)\ndef convolve1d(x, w): return helper(x)",
        "def convolve1d(x, w): return {a: b for a in x if np.convolve(a, w)}",
        "def convolve1d(x, w): return [a for b in x for a in np.convolve(b, w)]",
        "def convolve1d(x, w): return f'{np.convolve(x, w)}'",
        "convolve1d = make(helper)\ndef helper(x): return np.convolve(x, x)",
        "def convolve1d(x, w): return convolve1d.original(x)\nconvolve1d = wrap(np.convolve)",
    ],
)
def test_a_forbidden_call_is_reached_through(source):
    assert found("import numpy as np\n" + source) != []
    assert {finding.name for finding in findings("import numpy as np\n" + source)} == {"numpy.convolve"}


# --- what is no violation ---


@pytest.mark.parametrize(
    "source",
    [
        # below the entry points: self-checks
        "import scipy.signal\n{f}return x\nprint(scipy.signal.convolve([1], [2]), convolve1d([1], [2]))",
        "{f}return x\nfrom scipy.signal import convolve\nassert convolve(1, 2) == convolve1d(1, 2)",
        (
            "{f}return x\nimport numpy as np\ndef check():\n"
            "    assert np.convolve([1], [2]) == convolve1d([1], [2])\ncheck()"
        ),
        (
            "import numpy as np\n{f}return x\nexpected = np.convolve([1], [2])\n"
            "for c in (np.convolve, convolve1d): print(c)"
        ),
        "{f}return x\nif __name__ == '__main__':\n    import scipy.signal as s\n    print(s.convolve(1, 2))",
        (
            "from numpy import convolve\n{f}return x\n"
            "if __name__ == '__main__' and convolve: print(convolve(1, 2))"
        ),
        "import numpy as np\nclass Check:\n    def run(self): return np.convolve(1, 2)\n{f}return x",
        "import numpy as np\nother = np.convolve\n{f}return x",
        # the submission's own names
        "def convolve(x, w): return x\n{f}return convolve(x, w)",
        "from numpy import convolve\ndef convolve(x, w): return x\n{f}return convolve(x, w)",
        "from numpy import *\ndef convolve(x, w): return x\n{f}return convolve(x, w)",
        "from numpy import convolve\n{f}convolve = mine(x)\n    return convolve(x, w)",
        "from numpy import convolve\ndef convolve1d(convolve, w): return convolve(w)",
        "from numpy import convolve\n{f}return [convolve(w) for convolve in x]",
        "from numpy import convolve\n{f}return (lambda convolve: convolve(w))(x)",
        "from numpy import convolve\n{f}for convolve in x: convolve(w)",
        "from numpy import convolve\n{f}with x as convolve: convolve(w)",
        "{f}return x.convolve(w)",
        "import numpy as np\n{f}np = mine()\n    return np.convolve(x, w)",
        "import numpy as np\nnp = mine()\n{f}return np.convolve(x, w)",
        "class np:\n    def convolve(x, w): return x\n{f}return np.convolve(x, w)",
        "class A:\n    def convolve(self): return 1\n{f}return A().convolve()",
        (
            "class A:\n    from math import fsum as convolve\n"
            "    def g(self): return 1\n{f}return A().convolve()"
        ),
        "f = None\nimport numpy as np\ndef other():\n    f = np.convolve\n{f}return f",
        "import numpy as np\nd, f = np.dot, np.convolve\n{f}return d(x, w)",
        "def getattr(a, b): return a\nimport numpy as np\n{f}return getattr(np, 'convolve')",
        "def sum(x): return 0\n{f}return sum(x)",
        "import numpy as np\n{f}return np.sum(x) + x.sum()",
        # not the forbidden thing
        "import numpy as np\n{f}return np.convolver(x), np.correlate1, np.lib.convolve_tools, np.ma.convolve",
        "import numpy as np\n{f}return getattr(np, x)(w), np.__dict__[x], __import__(x)",
        "import numpy as np\n{f}np.convolve = None",
        "import numpy as np\n{f}del np.convolve",
        "{f}'''np.convolve(x, w)'''\n    return 'scipy'",
        (
            "import numpy as np\ndef convolve1d(x: np.convolve, w) -> np.convolve:\n"
            "    y: np.convolve = x\n    return y"
        ),
        # imports that are never used by an entry point
        "import scipy\nimport torch\nimport mine\n{f}return x",
        "from scipy.signal import convolve as convolve2\n{f}return x",
        # imports for show
        "import matplotlib.pyplot as plt\n{f}plt.plot(x)\n    return x",
        "{f}import matplotlib.pyplot as plt\n    plt.plot(x)",
        (
            "from google.colab import drive\nfrom tqdm import tqdm\n"
            "{f}drive.mount(x)\n    return [a for a in tqdm(x)]"
        ),
        (
            "from google import colab\nimport pandas as pd, seaborn as sns\n"
            "{f}return colab.x, pd.DataFrame, sns.set()"
        ),
        "from IPython.display import display\n{f}display(x)",
        # the standard library and the future
        (
            "from __future__ import annotations\n"
            "import math, itertools as it, collections.abc\n{f}return math.exp(it.x)"
        ),
        # imports that may fail without harm
        "try:\n    import cupy as np\nexcept ImportError:\n    import numpy as np\n{f}return np.zeros(3)",
        "try:\n    from numba import njit\nexcept (ImportError, OSError):\n    njit = None\n{f}return njit",
        "{f}try:\n        import cupy\n    except Exception:\n        pass",
        # several stars: an unknown name is not blamed on the forbidden one
        "from numpy import *\nfrom scipy.signal import *\n{f}return zeros(3)",
    ],
)  # fmt: skip
def test_no_violation(source):
    assert found(source.format(f=FUNCTION)) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import torch\n{f}return torch.tensor(x)", "1:1 torch"),
        ("import torch.nn.functional as F\n{f}return F.relu(x)", "1:1 torch.nn.functional"),
        ("from torch.nn import functional as F\n{f}return F.relu(x)", "1:1 torch.nn"),
        ("x = 1; import torch\n{f}return torch", "1:8 torch"),
        ("from mine import *\n{f}return fast(x)", "1:1 mine"),
        ("import mine\n{f}return mine.convolve(x, w)", "1:1 mine"),
        ("{f}import torch\n    return x", "2:5 torch"),
        ("{f}import numpy, torch, math\n    return torch.x", "2:5 torch"),
        ("{f}return __import__('torch')", "2:12 torch"),
        ("import google.generativeai as g\n{f}return g.ask(x)", "1:1 google.generativeai"),
        ("import cv2\n{f}return cv2.filter2D(x, -1, w)", "1:1 cv2"),
        ("try:\n    import torch\nexcept ValueError: pass\n{f}return torch.x", "2:5 torch"),
        ("from numba import njit\n@njit\ndef convolve1d(x, w): return x", "1:1 numba"),
    ],
)
def test_an_import_that_is_not_offered_is_found_where_it_is_reached(source, expected):
    only = findings(source.format(f=FUNCTION))
    assert [f"{finding.line}:{finding.column} {finding.name}" for finding in only] == [expected]
    assert only[0].rule is Rule.FORBIDDEN_IMPORT
    assert only[0].entry_points == ("convolve1d",)


def test_each_use_is_found_once():
    source = """\
    import scipy.signal as s
    from numpy import convolve
    def convolve1d(x, w):
        import scipy
        y = scipy.signal.convolve(x, w)
        return getattr(s, "convolve")(y, w) + convolve(y, w)
    """
    assert found(source) == ["4:5 scipy", "6:12 scipy.signal.convolve", "6:43 numpy.convolve"]


def test_forbidding_wins_over_what_is_for_show_or_standard():
    exercise = replace(EXERCISE, forbidden_calls=("pandas", "statistics.mean", "math"))
    source = f"import pandas as pd, statistics, math\n{FUNCTION}return pd.x, statistics.mean(x), math.exp"
    assert found(source, exercise) == ["3:12 pandas.x", "3:18 statistics.mean", "3:38 math.exp"]


def test_an_exercise_without_packages_offers_the_standard_library_only():
    exercise = replace(EXERCISE, allowed_imports=())
    source = "import numpy as np, math\ndef convolve1d(x, w): return np.dot(x, math.pi)"
    assert found(source, exercise) == ["1:1 numpy"]


def test_what_is_for_show():
    for name in (*INERT_MODULES, "matplotlib.pyplot", "google", "IPython.display"):
        assert is_inert(name), name
    for name in ("numpy", "google.cloud", "matplotlibx", "scipy", "cv2", "pylab", "mat", "sys", ""):
        assert not is_inert(name), name


# --- sources of every kind ---


def test_real_modules_are_looked_at_without_a_fault():
    stdlib = Path(sysconfig.get_paths()["stdlib"])
    started = time.perf_counter()
    num_seen = 0
    for path in sorted(stdlib.glob("*.py"))[::4]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(path.read_bytes())
        names = list(bind_names(tree).module.bindings)[:20]
        exercise = replace(
            EXERCISE,
            entry_points=tuple(EntryPoint(name=name, parameters=()) for name in names),
            forbidden_calls=(),
        )
        unknown = check_rules(tree, exercise, {name: name for name in names})
        assert check_rules(tree, exercise, {name: name for name in names}, path.read_text("utf-8")) == unknown
        assert all(finding.rule is Rule.FORBIDDEN_IMPORT for finding in unknown), (path, unknown)
        num_seen += bool(names)
    assert num_seen > 20
    assert time.perf_counter() - started < 30


MANY = ",".join(f"a{number}" for number in range(5000))


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as a0\n" + "\n".join(f"a{i + 1} = a{i}" for i in range(3000)) + "\n{f}return a3000.fft",
        "import numpy as a0\n" + "\n".join(f"a{i + 1} = a{i}.b" for i in range(3000)) + "\n{f}return a3000.x",
        "\n".join(f"if c: f{i % 50} = f{i * 7 % 50}, f{i * 3 % 50}" for i in range(3000)) + "\n{f}f0",
        "\n".join(f"if c: f = g{i}" for i in range(3000)) + "\n{f}return " + "f," * 3000,
        f"({MANY}) = f({'1,' * 5000})\n{{f}}return {MANY}",
        "{f}return x" + "+x" * 2500,
        "{f}return x" + "()" * 900,
        "{f}return x" + ".x" * 900,
        "a = b = a\nb = a.x\n{f}return a.b.c, b()",
    ],
    ids=range(9),
)  # fmt: skip
def test_hostile_sources_cost_little(source):
    tree = ast.parse(source.replace("{f}", FUNCTION))
    started = time.perf_counter()
    assert check_rules(tree, EXERCISE, {"convolve1d": "convolve1d"}) == ()
    assert time.perf_counter() - started < 5


def test_a_long_way_to_a_forbidden_call_is_gone():
    steps = "\n".join(f"def f{i}(): return f{i + 1}()" for i in range(3000))
    source = f"import numpy as np\n{steps}\nf3000 = np.convolve\ndef convolve1d(x, w): return f0()"
    assert found(source) == ["3002:9 numpy.convolve"]


NAMES = st.sampled_from(["np", "f", "g", "x", "convolve1d", "correlate1d", "convolve", "getattr", "scipy"])
EXPRESSIONS = st.recursive(
    NAMES,
    lambda inner: st.one_of(
        st.builds("{}.{}".format, inner, NAMES),
        st.builds("{}({})".format, inner, inner),
        st.builds("getattr({}, 'convolve')".format, inner),
        st.builds("{}['convolve']".format, inner),
        st.builds("(lambda {}: {})".format, NAMES, inner),
        st.builds("[{} for {} in {}]".format, inner, NAMES, inner),
        st.builds("({} := {})".format, NAMES, inner),
    ),
    max_leaves=5,
)
SIMPLE = st.one_of(
    st.builds("{} = {}".format, NAMES, EXPRESSIONS),
    st.builds("{}, {} = {}".format, NAMES, NAMES, EXPRESSIONS),
    st.builds("{} += {}".format, NAMES, EXPRESSIONS),
    st.builds("import numpy as {}".format, NAMES),
    st.builds("from numpy import convolve as {}".format, NAMES),
    st.just("import scipy.signal"),
    st.builds("global {}".format, NAMES),
    EXPRESSIONS,
)
BLOCKS = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.builds("def {}({}):\n{}".format, NAMES, NAMES, inner.map(lambda body: textwrap.indent(body, " "))),
        st.builds("class {}:\n{}".format, NAMES, inner.map(lambda body: textwrap.indent(body, " "))),
        st.builds("if {}:\n{}".format, NAMES, inner.map(lambda body: textwrap.indent(body, " "))),
        st.builds("for {} in x:\n{}".format, NAMES, inner.map(lambda body: textwrap.indent(body, " "))),
        st.builds(
            "try:\n{}\nexcept ImportError: pass".format, inner.map(lambda body: textwrap.indent(body, " "))
        ),
        st.builds("{}\n{}".format, inner, inner),
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(source=BLOCKS)
def test_any_source_is_looked_at_without_a_fault(source):
    try:
        tree = ast.parse(source)
    except SyntaxError:  # an assignment expression where none may stand
        return
    num_lines = source.count("\n") + 1
    taken = {name: name for name in EXERCISE.names}
    assert check_rules(tree, EXERCISE, taken, source) == check_rules(tree, EXERCISE, taken)
    for finding in check_rules(tree, EXERCISE, taken):
        assert 1 <= finding.line <= num_lines
        assert finding.column >= 1
        assert finding.entry_points
        assert finding.name.startswith(("numpy.convolve", "scipy"))


@settings(max_examples=100, deadline=None)
@given(source=BLOCKS)
def test_what_follows_in_a_main_guard_changes_nothing(source):
    own = "def convolve1d(x, w):\n    return x\ndef correlate1d(x, w):\n    return w\n"
    guarded = own + "if __name__ == '__main__':\n" + textwrap.indent(source, "    ")
    try:
        tree = ast.parse(guarded)
    except SyntaxError:
        return
    assert check_rules(tree, EXERCISE, {name: name for name in EXERCISE.names}) == ()


# --- looked into only where somebody asks ---

LAZY = """
import numpy as np
limit = 3

class Layer(Base, metaclass=Kind):
    size = [n for n in range(limit)]

    def forward(self, x=limit):
        def inner():
            nonlocal x
            x = 1
            class Local:
                def method(self):
                    nonlocal x
                    x = [y := 2, y]
        import scipy as sp
        return lambda z: sp

if limit:
    async def first(a, *, b=(c := 1)):
        try:
            from numpy import fft
        except ImportError:
            fft = None
        {}

@decorated
def second(x):
    return {{k: v for k, v in x}}
"""


def outline(scope):
    """Return what a scope binds, and where, without the objects themselves."""
    bindings = {
        name: [(one.origin, one.position, one.is_conditional, one.is_guarded, one.dotted) for one in found]
        for name, found in scope.bindings.items()
    }
    return scope.kind, bindings, scope.globals, scope.nonlocals, len(scope.stars)


@pytest.mark.parametrize(
    "last", ["pass", "global limit; limit = 4", "global second\n        def second(): pass"]
)
def test_a_function_that_is_bound_late_is_bound_alike(last):
    source = LAZY.format(last)
    tree = ast.parse(source)
    all_at_once, late, one_by_one = bind_names(tree), bind_names(tree, source), bind_names(tree, source + " ")
    nodes = [node for node in ast.walk(tree) if node in all_at_once.inner]
    wanted = {node: outline(scope) for node, scope in all_at_once.inner.items()}
    assert len(nodes) == len(wanted) > 9
    assert outline(late.module) == outline(all_at_once.module)
    assert {node: outline(scope) for node, scope in late.inner.items()} == wanted
    for node in reversed(nodes):  # from the innermost, in functions that nobody has looked into
        assert outline(one_by_one.inner[node]) == wanted[node]
    assert outline(one_by_one.module) == outline(all_at_once.module)


def test_a_function_that_nobody_asks_about_is_not_looked_into():
    source = "def f():\n    import scipy\ndef g():\n    pass\n"
    names = bind_names(ast.parse(source), source)
    f, g = (names.module.bindings[name][0].node for name in "fg")
    assert names.inner[g].bindings == {}
    assert f in names.inner._binder._waiting
    assert "scipy" in names.inner[f].bindings


# --- cleared by its words ---


def is_cleared(source, exercise=EXERCISE):
    tree = ast.parse(source)
    result = _Policy(exercise).clears(source, bind_names(tree))
    assert _Policy(exercise).clears(source, bind_names(tree, source)) == result
    return result


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\ndef convolve1d(x, w):\n    return np.einsum('i,i', x, w)\n",
        "from numpy import *\nfrom . import other\nimport math, os.path\n",
        "correlate1d = convolve1d = lambda x, w: x  # no correlated_thing\n",
    ],
)
def test_most_sources_are_cleared_by_their_words(source):
    assert is_cleared(source)


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\nnp.convolve\n",
        "import numpy as np\nnp.\uff43onvolve\n",  # a letter of full width: Python reads `convolve`
        "from numpy import convolve as c\n",
        "import scipy\n",
        "def f():\n    import torch\n",
        "import numpy as np\ngetattr(np, 'con' + 'volve')\n",
        "import numpy as np\nnp.__dict__['con' + 'volve']\n",
        "__import__('sci' + 'py')\n",
        "from sys import modules as m\nm['sci' + 'py']\n",
        "from builtins import vars as v\n",
        "from importlib import import_module as i\n",
        "sum([1])\n",
    ],
)
def test_a_source_with_a_word_of_doubt_is_looked_at(source):
    assert not is_cleared(source)


@pytest.mark.parametrize("exercise", find_course(None, {}).exercises, ids=lambda exercise: exercise.id)
def test_the_words_say_of_real_submissions_what_the_walk_says(exercise):
    folder = Path(__file__).parent / "alternatives" / exercise.id
    for path in [exercise.solution, exercise.stub, *sorted(folder.glob("*.py"))]:
        source = path.read_text("utf-8")
        tree = ast.parse(source)
        names = {name: name for name in exercise.names}
        assert check_rules(tree, exercise, names, source) == check_rules(tree, exercise, names)
    assert is_cleared(exercise.solution.read_text("utf-8"), exercise)
