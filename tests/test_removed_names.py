"""Names that were removed are explained, in the words of the installed NumPy and Keras."""

import numpy as np
import pytest

from grader.language import activate
from grader.suite.removed_names import hint_for


@pytest.mark.parametrize("name", ["int", "float", "float_", "asfarray", "product", "Inf", "in1d"])
def test_what_numpy_removed(name):
    with pytest.raises(AttributeError) as caught:
        getattr(np, name)
    hint = hint_for(f"AttributeError: {caught.value}")
    assert f"np.{name}`" in hint


def test_what_keras_removed():
    assert "predict" in hint_for("AttributeError: 'Sequential' object has no attribute 'predict_classes'")
    message = "Expected `metrics` argument to be a list, tuple, or dict. Received instead: metrics=accuracy"
    assert "list" in hint_for(f"ValueError: {message}")
    activate("ko")
    assert "리스트" in hint_for(f"ValueError: {message}")


@pytest.mark.parametrize(
    "exception",
    [
        "AttributeError: 'list' object has no attribute 'shape'",
        "ValueError: operands could not be broadcast",
        "ValueError: metrics",
        "TypeError",
        "",
    ],
)
def test_other_exceptions_get_no_such_hint(exception):
    assert hint_for(exception) == ""
