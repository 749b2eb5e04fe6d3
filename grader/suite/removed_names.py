"""Names that NumPy or Keras removed, with what one writes today: old books and slides still use them."""

from __future__ import annotations

import re

from grader.language import Text

_ATTRIBUTE = re.compile(r"has no attribute '(\w+)'|cannot import name '(\w+)'")

_TODAY = {
    "predict_classes": Text(
        en="`predict_classes` was removed from Keras. What does `predict` return, and which column is the largest?",
        ko="`predict_classes`는 Keras에서 없어졌어요. `predict`는 무엇을 돌려주고, 어느 열이 가장 큰가요?",
    ),
    "predict_proba": Text(
        en="`predict_proba` was removed from Keras: `predict` returns the probabilities.",
        ko="`predict_proba`는 Keras에서 없어졌어요. `predict`가 확률을 돌려줘요.",
    ),
    "to_categorical": Text(
        en="`to_categorical` stands in `keras.utils` today.",
        ko="`to_categorical`은 이제 `keras.utils`에 있어요.",
    ),
    "asfarray": Text(
        en="`np.asfarray` was removed in NumPy 2: `np.asarray(x, dtype=float)` does the same.",
        ko="`np.asfarray`는 NumPy 2에서 없어졌어요. `np.asarray(x, dtype=float)`가 같은 일을 해요.",
    ),
    **{
        name: Text(
            en=f"`np.{name}` was removed from NumPy: Python's own `{plain}` does the same.",
            ko=f"`np.{name}`은 NumPy에서 없어졌어요. 파이썬의 `{plain}`가 같은 일을 해요.",
        )
        for name, plain in (("int", "int"), ("float", "float"), ("bool8", "bool"), ("object", "object"))
    },
    **{
        name: Text(
            en=f"`np.{name}` was removed in NumPy 2: write `np.{today}`.",
            ko=f"`np.{name}`은 NumPy 2에서 없어졌어요. `np.{today}`라고 써요.",
        )
        for name, today in (
            ("float_", "float64"),
            ("complex_", "complex128"),
            ("unicode_", "str_"),
            ("string_", "bytes_"),
            ("product", "prod"),
            ("cumproduct", "cumprod"),
            ("alltrue", "all"),
            ("sometrue", "any"),
            ("in1d", "isin"),
            ("row_stack", "vstack"),
            ("Inf", "inf"),
            ("NaN", "nan"),
            ("infty", "inf"),
        )
    },
}
_BARE_METRICS = Text(
    en="Keras 3 wants a list of metrics, also for a single one.",
    ko="Keras 3에서는 지표가 하나여도 리스트로 줘야 해요.",
)


def hint_for(exception: str) -> str:
    """Return what to write today, where an exception comes from a removed name; empty elsewhere.

    Args:
        exception: `TypeName: message` of what the submission raised.
    """
    kind, _, message = exception.partition(": ")
    if kind == "ValueError" and "metrics" in message and "list" in message and "Received" in message:
        return str(_BARE_METRICS)
    if kind not in ("AttributeError", "ImportError"):
        return ""
    found = _ATTRIBUTE.search(message) or re.search(r"`np\.(\w+)` was removed", message)
    if found is None:
        return ""
    name = next(group for group in found.groups() if group)
    return str(_TODAY[name]) if name in _TODAY else ""
