"""Gradients by Keras's backends: one small function for each, behind one name.

Used in the reference process only. Banks are made with this module: a change here makes every bank stale.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, Any]
Tensor: TypeAlias = Any  # the backend's own


def gradients(
    function: Callable[..., Tensor], inputs: Sequence[Array], d_output: Array | None = None
) -> tuple[Array, list[Array]]:
    """Return what a function computes, and the gradients of the loss by its inputs.

    Args:
        function: Takes a tensor for each of `inputs` and returns one tensor.
        inputs: Arrays of one floating dtype.
        d_output: Gradient of the loss by the function's output; without it, the output is the loss.

    Returns:
        The output, and an array of the shape of each input.
    """
    import keras

    backend = keras.backend.backend()
    dtype = inputs[0].dtype.name
    tensors = [keras.ops.convert_to_tensor(array, dtype=dtype) for array in inputs]
    weight = keras.ops.convert_to_tensor(np.ones(()) if d_output is None else d_output, dtype=dtype)
    output, found = {"tensorflow": _by_tensorflow, "jax": _by_jax, "torch": _by_torch}[backend](
        function, tensors, weight
    )
    return keras.ops.convert_to_numpy(output), [keras.ops.convert_to_numpy(tensor) for tensor in found]


def _by_tensorflow(
    function: Callable[..., Tensor], tensors: list[Tensor], weight: Tensor
) -> tuple[Tensor, list[Tensor]]:
    import tensorflow as tf

    with tf.GradientTape() as tape:
        for tensor in tensors:
            tape.watch(tensor)
        output = function(*tensors)
    found = tape.gradient(output, tensors, output_gradients=weight, unconnected_gradients="zero")
    return output, found


def _by_jax(
    function: Callable[..., Tensor], tensors: list[Tensor], weight: Tensor
) -> tuple[Tensor, list[Tensor]]:
    import jax

    output, pull_back = jax.vjp(function, *tensors)
    return output, list(pull_back(weight))


def _by_torch(
    function: Callable[..., Tensor], tensors: list[Tensor], weight: Tensor
) -> tuple[Tensor, list[Tensor]]:
    import torch

    leaves = [tensor.detach().requires_grad_(True) for tensor in tensors]
    output = function(*leaves)
    found = torch.autograd.grad(output, leaves, grad_outputs=weight, allow_unused=True)
    zeros = [torch.zeros_like(leaf) if one is None else one for leaf, one in zip(leaves, found, strict=True)]
    return output.detach(), zeros
