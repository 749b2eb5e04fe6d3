"""What to write instead: names that NumPy, Keras or TensorFlow removed, and data that no grader downloads."""

from __future__ import annotations

import re

from grader.language import Text

_NUMPY = re.compile(
    r"module 'numpy' has no attribute '(\w+)'|cannot import name '(\w+)' from 'numpy'|`np\.(\w+)` was removed"
)
_ATTRIBUTE = re.compile(r"has no attribute '(\w+)'|cannot import name '(\w+)'")
_ARGUMENT = re.compile(
    r"Argument\(s\) not recognized: \{'(\w+)'|Trainer\.\w+\(\) got an unexpected keyword argument '(\w+)'"
    r"|Unrecognized keyword arguments passed to \w+: \{'(\w+)'"
)
_MODULE = re.compile(r"No module named '([\w.]+)'")

_OF_NUMPY = {
    "asfarray": Text(
        en="`np.asfarray` was removed in NumPy 2: `np.asarray(x, dtype=float)` does the same.",
        ko="`np.asfarray`는 NumPy 2에서 없어졌어요. `np.asarray(x, dtype=float)`가 같은 일을 해요.",
    ),
    "msort": Text(
        en="`np.msort` was removed in NumPy 2: write `np.sort(x, axis=0)`.",
        ko="`np.msort`는 NumPy 2에서 없어졌어요. `np.sort(x, axis=0)`이라고 써요.",
    ),
    **{
        name: Text(
            en=f"`np.{name}` was removed from NumPy: Python's own `{plain}` does the same.",
            ko=f"`np.{name}`은 NumPy에서 없어졌어요. 파이썬의 `{plain}`가 같은 일을 해요.",
        )
        for name, plain in (
            *(("int", "int"), ("float", "float"), ("complex", "complex"), ("str", "str"), ("bool8", "bool")),
            ("object", "object"),
        )
    },
    **{
        name: Text(
            en=f"`np.{name}` was removed in NumPy 2: write `np.{today}`.",
            ko=f"`np.{name}`은 NumPy 2에서 없어졌어요. `np.{today}`라고 써요.",
        )
        for name, today in (
            *(("float_", "float64"), ("complex_", "complex128"), ("unicode_", "str_"), ("string_", "bytes_")),
            *(("product", "prod"), ("cumproduct", "cumprod"), ("alltrue", "all"), ("sometrue", "any")),
            *(("in1d", "isin"), ("row_stack", "vstack"), ("trapz", "trapezoid"), ("round_", "round")),
            *(("Inf", "inf"), ("NaN", "nan"), ("infty", "inf"), ("mat", "asmatrix")),
        )
    },
}


def _renamed(old: str, today: str) -> Text:
    return Text(en=f"`{old}` is called `{today}` today.", ko=f"`{old}`은 이제 `{today}`라고 써요.")


_OF_KERAS = {
    "predict_classes": Text(
        en="`predict_classes` was removed from Keras. What does `predict` return, and which column is the largest?",
        ko="`predict_classes`는 케라스에서 없어졌어요. `predict`는 무엇을 돌려주고, 어느 열이 가장 큰가요?",
    ),
    "predict_proba": Text(
        en="`predict_proba` was removed from Keras: `predict` returns the probabilities.",
        ko="`predict_proba`는 케라스에서 없어졌어요. `predict`가 확률을 돌려줘요.",
    ),
    "to_categorical": Text(
        en="`to_categorical` stands in `keras.utils` today.",
        ko="`to_categorical`은 이제 `keras.utils`에 있어요.",
    ),
    "merge": Text(
        en="`merge` was removed from Keras: the layers `Concatenate`, `Add` and `Average` do its work.",
        ko="`merge`는 케라스에서 없어졌어요. `Concatenate`, `Add`, `Average` 층이 그 일을 해요.",
    ),
    **{
        name: Text(
            en=f"`{name}` was removed with TensorFlow 2, which computes at once: leave such lines out.",
            ko=f"TensorFlow 2는 바로 계산하므로 `{name}`은 없어졌어요. 그런 줄은 지워도 돼요.",
        )
        for name in ("Session", "placeholder", "set_session", "get_session", "global_variables_initializer")
    },
    **{
        name: _renamed(name, name.removesuffix("_generator"))
        for name in ("fit_generator", "predict_generator", "evaluate_generator")
    },
    "set_random_seed": Text(
        en="`tf.set_random_seed` is gone: write `keras.utils.set_random_seed(…)` or `tf.random.set_seed(…)`.",
        ko="`tf.set_random_seed`는 없어졌어요. `keras.utils.set_random_seed(…)`나 `tf.random.set_seed(…)`라고 써요.",
    ),
}
_OF_CALLS = {
    name: _renamed(name, today)
    for name, today in (
        *(("lr", "learning_rate"), ("nb_epoch", "epochs"), ("input", "inputs"), ("output", "outputs")),
        *(("init", "kernel_initializer"), ("W_regularizer", "kernel_regularizer"), ("p", "rate")),
    )
}
_BARE_METRICS = Text(
    en="Keras 3 wants a list of metrics, also for a single one.",
    ko="케라스 3에서는 지표가 하나여도 리스트로 줘야 해요.",
)
_NO_NETWORK = Text(
    en="Your file runs without a network. Put lines that load data, train or plot below your functions and your "
    "model: what stands above them is graded.",
    ko="파일은 네트워크 없이 실행돼요. 데이터를 불러오거나 학습하거나 그림을 그리는 줄은 함수와 모델 아래에 두세요. "
    "그 위에 있는 것은 채점돼요.",
)
_OF_MODULES = (
    (
        "keras.layers",
        Text(
            en="All layers stand in `keras.layers` itself today: `from keras.layers import …`.",
            ko="이제 층은 모두 `keras.layers`에 바로 있어요. `from keras.layers import …`라고 써요.",
        ),
    ),
    (
        "keras.utils",
        Text(
            en="Its functions stand in `keras.utils` itself today: `from keras.utils import …`.",
            ko="그 함수들은 이제 `keras.utils`에 바로 있어요. `from keras.utils import …`라고 써요.",
        ),
    ),
    (
        "keras",
        Text(
            en="Keras has no such part any more. Most things stand in `keras`, `keras.layers` or `keras.utils`.",
            ko="이제 케라스에 그런 부분은 없어요. 대부분 `keras`, `keras.layers`, `keras.utils`에 있어요.",
        ),
    ),
    (
        "tensorflow",
        Text(
            en="TensorFlow 2 has no such part any more. Layers, models and data stand in `tensorflow.keras`.",
            ko="TensorFlow 2에 그런 부분은 없어요. 층과 모델과 데이터는 `tensorflow.keras`에 있어요.",
        ),
    ),
)


def hint_for(exception: str) -> str:
    """Return what to write instead, where an exception comes from a removed name or a download; else nothing.

    Args:
        exception: `TypeName: message` of what the submission raised.
    """
    kind, _, message = exception.partition(": ")
    if kind == "NotAvailableError" and message.startswith("keras.utils.get_file"):
        return str(_NO_NETWORK)
    if kind == "ValueError" and "metrics" in message and "list" in message and "Received" in message:
        return str(_BARE_METRICS)
    if kind in ("ValueError", "TypeError"):
        return _said(_OF_CALLS, _ARGUMENT, message)
    if kind == "ModuleNotFoundError":
        return _of_module(message)
    if kind in ("AttributeError", "ImportError"):
        return _said(_OF_NUMPY, _NUMPY, message) or _said(_OF_KERAS, _ATTRIBUTE, message)
    return ""


def _said(texts: dict[str, Text], pattern: re.Pattern[str], message: str) -> str:
    """Return the text of the name that the pattern finds in a message."""
    found = pattern.search(message)
    name = "" if found is None else next(group for group in found.groups() if group)
    return str(texts[name]) if name in texts else ""


def _of_module(message: str) -> str:
    """Return where the names of a module that is gone stand today."""
    found = _MODULE.search(message)
    name = "" if found is None else found[1].replace("tensorflow.keras", "keras")
    return next((str(text) for package, text in _OF_MODULES if name.startswith(f"{package}.")), "")
