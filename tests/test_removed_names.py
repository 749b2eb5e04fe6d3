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
    ("exception", "today"),
    [
        ("ValueError: Argument(s) not recognized: {'lr': 0.01}", "learning_rate"),
        ("TypeError: TensorFlowTrainer.fit() got an unexpected keyword argument 'nb_epoch'", "epochs"),
        ("ValueError: Unrecognized keyword arguments passed to Model: {'input': <KerasTensor>}", "inputs"),
        ("AttributeError: module 'keras.layers' has no attribute 'merge'", "Concatenate"),
        ("AttributeError: 'Functional' object has no attribute 'fit_generator'", "`fit`"),
        ("AttributeError: module 'tensorflow' has no attribute 'Session'", "leave such lines out"),
        ("ModuleNotFoundError: No module named 'keras.layers.core'", "from keras.layers import"),
        ("ModuleNotFoundError: No module named 'tensorflow.keras.layers.core'", "from keras.layers import"),
        ("ModuleNotFoundError: No module named 'keras.utils.np_utils'", "from keras.utils import"),
        ("ModuleNotFoundError: No module named 'keras.engine'", "Keras has no such part"),
        ("ModuleNotFoundError: No module named 'tensorflow.examples'", "TensorFlow 2 has no such part"),
        ("ImportError: cannot import name 'to_categorical' from 'keras'", "keras.utils"),
    ],
)
def test_what_keras_and_tensorflow_removed(exception, today):
    assert today in hint_for(exception)


@pytest.mark.parametrize(
    "exception",
    [
        "TypeError: train_perceptron() got an unexpected keyword argument 'lr'",
        "AttributeError: 'Affine' object has no attribute 'product'",
        "AttributeError: 'Affine' object has no attribute 'int'",
        "ModuleNotFoundError: No module named 'sklearn' in this exercise",
        "AttributeError: 'list' object has no attribute 'shape'",
        "ValueError: operands could not be broadcast",
        "ValueError: metrics",
        "TypeError",
        "",
    ],
)
def test_other_exceptions_get_no_such_hint(exception):
    assert hint_for(exception) == ""
