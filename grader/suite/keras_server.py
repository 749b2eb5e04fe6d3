"""The reference process: Keras on one backend and one device, answering requests for cases until it is told to end.

Theory of operation. Started by name as a plain, trusted process (`keras_process.ReferenceProcess`), with the
backend chosen in its environment before anything is imported. It speaks frames of `wire` over its standard
streams, whose numbers it moves away first, so that whatever Keras and its backends print lands on stderr.

Everything that would cost digits or make two runs differ is off: TensorFloat-32, nondeterministic kernels,
oneDNN's other order of sums, 32-bit floats where 64 were asked for (JAX).
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

import numpy as np

from grader.sandbox.channel import PREFIX_BYTES, frame, lengths
from grader.sandbox.wire import Value, decode, encode
from grader.suite.keras_cases import Case, Maker, declared_makers, to_plain


class _NoDeviceError(Exception):
    """A GPU was asked for, and this backend sees none."""


def main(arguments: Sequence[str]) -> None:
    """Answer requests until the input ends.

    Args:
        arguments: The `keras_reference.py`, or nothing for facts about the devices alone; the device that is
            wanted; whether TensorFloat-32 may be used.
    """
    reference, device, tf32 = arguments
    requests, replies = _private_streams()
    try:
        facts, makers = _set_up(reference, device, allow_tf32=tf32 == "tf32")
    except _NoDeviceError:
        _send(replies, ["failed", "device", os.environ["KERAS_BACKEND"]])
        return
    except ImportError as error:
        _send(replies, ["failed", "import", str(error)])
        return
    except Exception as error:  # noqa: BLE001 - told to the grader, which says whose fault it is
        _send(replies, ["failed", "start", f"{type(error).__name__}: {error}"])
        return
    _send(replies, ["ready", facts])
    while (request := _receive(requests)) is not None:
        _send(replies, _answer(request, makers))


def _answer(request: Value, makers: dict[str, Maker]) -> list[Value]:
    cases: list[Value] = []
    for name, size, dtype, seed in request:
        try:
            cases.append(to_plain(compute(makers[name], size, dtype, seed)))
        except Exception as error:  # noqa: BLE001 - the author's code; the process stays up
            what = f"{name}, size {size}, {dtype}: {type(error).__name__}: {error}"
            return ["failed", "case", what]
    return ["cases", cases]


def compute(maker: Maker, size: int, dtype: str, seed: int) -> Case:
    """Return one case, with numpy arrays in the place of the backend's tensors."""
    import keras

    keras.config.set_floatx(dtype)
    case = maker.case(size, dtype, seed)
    return _with_arrays(case)


def _with_arrays(case: Case) -> Case:
    from dataclasses import replace

    steps = tuple(replace(step, expected=_array(step.expected)) for step in case.steps)
    return replace(case, steps=steps)


def _array(value: Value) -> Value:
    import keras

    if value is None or isinstance(value, bool | int | float | np.ndarray | np.generic):
        return value
    if isinstance(value, list | tuple):
        return type(value)(_array(item) for item in value)
    if isinstance(value, dict):
        return {key: _array(item) for key, item in value.items()}
    return np.asarray(keras.ops.convert_to_numpy(value))


# --- set-up --------------------------------------------------------------------------------------------------


def _set_up(reference: str, device: str, *, allow_tf32: bool) -> tuple[dict[str, Value], dict[str, Maker]]:
    import keras

    backend = keras.backend.backend()
    prepare: dict[str, Callable[[bool], str]] = {
        "tensorflow": _prepare_tensorflow,
        "jax": _prepare_jax,
        "torch": _prepare_torch,
    }
    gpu_name = prepare[backend](allow_tf32)
    _keep_float64()
    if device == "gpu" and not gpu_name:
        raise _NoDeviceError
    keras.utils.set_random_seed(0)
    facts = {
        "keras": keras.__version__,
        "backend": backend,
        "backend_version": metadata.version(backend),
        "device": "gpu" if gpu_name else "cpu",
        "device_name": gpu_name or _processor(),
        "tf32": allow_tf32,
        "numpy": np.__version__,
        "python": platform.python_version(),
    }
    makers = _load(Path(reference)) if reference else {}
    facts["makers"] = [
        [maker.name, maker.function, list(maker.sizes), list(maker.large), list(maker.dtypes)]
        for maker in makers.values()
    ]
    return facts, makers


def _keep_float64() -> None:
    """Let Keras compute in float64 what comes in float64: except on TensorFlow, it cuts digits off.

    Keras aligns its type promotion with JAX's default, in which there is no float64, on every backend but
    TensorFlow. The table that says so has no public name, so what comes out is looked at.
    """
    import keras
    from keras.src.backend.common import dtypes

    dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"
    third = keras.ops.convert_to_tensor([[1 / 3]], dtype="float64")
    one = keras.ops.convert_to_tensor([[1.0]], dtype="float64")
    found = keras.ops.convert_to_numpy(keras.ops.tanh(keras.ops.matmul(third, one)))
    if found.dtype != np.float64 or abs(float(found[0, 0]) - np.tanh(1 / 3)) > 1e-14:
        raise RuntimeError(
            f"Keras {keras.__version__} computes float64 in float32 on {keras.backend.backend()}; "
            "use another version, or the tensorflow backend"
        )


def _load(path: Path) -> dict[str, Maker]:
    module = ModuleType("keras_reference")
    module.__file__ = str(path)
    code = compile(path.read_text("utf-8"), str(path), "exec", dont_inherit=True)
    exec(code, module.__dict__)  # noqa: S102 - the course's own file
    return declared_makers(module.__dict__)


def _prepare_tensorflow(allow_tf32: bool) -> str:
    import tensorflow as tf

    cards = tf.config.list_physical_devices("GPU")
    for card in cards:
        tf.config.experimental.set_memory_growth(card, True)
    tf.config.experimental.enable_tensor_float_32_execution(allow_tf32)
    tf.config.experimental.enable_op_determinism()
    if not cards:
        return ""
    return str(tf.config.experimental.get_device_details(cards[0]).get("device_name", "GPU"))


def _prepare_jax(allow_tf32: bool) -> str:
    import jax

    # Without a precision of its own, a float32 product on a GPU is computed in TensorFloat-32.
    jax.config.update("jax_default_matmul_precision", "default" if allow_tf32 else "highest")
    cards = [one for one in jax.devices() if one.platform == "gpu"]
    return str(cards[0].device_kind) if cards else ""


def _prepare_torch(allow_tf32: bool) -> str:
    import torch

    torch.backends.cuda.matmul.allow_tf32 = allow_tf32
    torch.backends.cudnn.allow_tf32 = allow_tf32
    torch.backends.cudnn.benchmark = False
    torch.use_deterministic_algorithms(True)
    return str(torch.cuda.get_device_name(0)) if torch.cuda.is_available() else ""


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


# --- frames --------------------------------------------------------------------------------------------------


def _private_streams() -> tuple[BinaryIO, BinaryIO]:
    """Return the streams of the protocol, out of reach of whatever prints or reads."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return requests, replies


def _send(replies: BinaryIO, value: Value) -> None:
    replies.write(frame(*encode(value)))
    replies.flush()


def _receive(requests: BinaryIO) -> Value:
    """Return the next request, None where there will be no more."""
    prefix = requests.read(PREFIX_BYTES)
    if len(prefix) < PREFIX_BYTES:
        return None
    num_header, num_payload = lengths(prefix)
    header: Any = requests.read(num_header)
    return decode(header, requests.read(num_payload))
