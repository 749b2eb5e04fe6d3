"""The grader's side of the reference process: started early, asked for cases, ended with the run.

Theory of operation. Importing Keras takes seconds, so the process is started before the suite is collected and
nobody waits for it until its first answer is needed. It is trusted code on trusted input: no jail, but a
process of its own all the same, so that the grader never imports Keras. Whatever goes wrong in it is the
grader's or the machine's fault (`SandboxError`), never a submission's.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import numpy as np

from grader.errors import ExerciseError, GraderError, SandboxError, UsageError
from grader.keras_backends import BACKENDS, installed_backends
from grader.language import tr
from grader.sandbox.channel import ChannelClosedError, DeadlineError, PipeChannel
from grader.sandbox.wire import Value, WireError, decode, encode
from grader.suite.keras_cases import Case, from_plain
from grader.verdicts import ReferenceInfo

_START_TIMEOUT_S = 300.0  # a backend on a cold disk, with its first look for a GPU
_CASES_TIMEOUT_S = 300.0
_PACKAGE_PARENT = str(Path(__file__).resolve().parents[2])
_BOOT = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from grader.suite import keras_server; sys.path.pop(0); keras_server.main(sys.argv[1:])"
)
_SETTINGS = {
    "KERAS_HOME": os.devnull,  # no configuration of the machine's, and none written
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "TF_FORCE_GPU_ALLOW_GROWTH": "true",
    "TF_DETERMINISTIC_OPS": "1",
    "JAX_ENABLE_X64": "1",
    "XLA_PYTHON_CLIENT_PREALLOCATE": "false",
    "XLA_FLAGS": "--xla_gpu_deterministic_ops=true",
    "CUBLAS_WORKSPACE_CONFIG": ":4096:8",
}
# `NVIDIA_TF32_OVERRIDE=0` binds every library of NVIDIA's, whatever a framework asks for.
_NO_TF32 = {"NVIDIA_TF32_OVERRIDE": "0"}
_NO_GPU = {"CUDA_VISIBLE_DEVICES": "-1", "JAX_PLATFORMS": "cpu", "KERAS_TORCH_DEVICE": "cpu"}
# Apple's cards know no float64, so they are no device for a reference.
_MAC = {"KERAS_TORCH_DEVICE": "cpu", "JAX_PLATFORMS": "cpu"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRequest:
    """Which reference process a person asked for.

    Attributes:
        device: `auto`, `cpu` or `gpu`.
        backend: One of `BACKENDS`; empty for the first that is installed.
        tf32: Whether TensorFloat-32 is left on: for measurements of what it costs, never for grading.
    """

    device: str = "auto"
    backend: str = ""
    tf32: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MakerFacts:
    """What a reference process says about one maker of its `keras_reference.py`."""

    name: str
    function: str
    sizes: tuple[int, ...]
    large: tuple[int, ...]
    dtypes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessFacts:
    """What a reference process says about itself."""

    keras: str
    backend: str
    backend_version: str
    device: str
    device_name: str
    tf32: bool
    numpy: str
    python: str
    makers: tuple[MakerFacts, ...]


def _choose_backend(request: ReferenceRequest) -> str:
    installed = installed_backends()
    wanted = request.backend or next(iter(installed), "tensorflow")
    missing = [name for name in ("keras", wanted) if find_spec(name) is None]
    if missing:
        packages = " ".join(["keras", wanted] if wanted != "tensorflow" else ["'neurograde[keras]'"])
        raise SandboxError(
            tr(
                "The Keras reference cannot be computed here: {packages} is not installed",
                packages=", ".join(missing),
            ),
            hint=tr(
                "Install it with `pip install {packages}`, or check without `--reference live`",
                packages=packages,
            ),
        )
    return wanted


class ReferenceProcess:
    """A reference process that was started; nobody has waited for it yet.

    Args:
        reference: The exercise's `keras_reference.py`; None for facts about this machine alone.
        request: Which backend and device.

    Raises:
        SandboxError: Keras or the backend is not installed.
    """

    def __init__(self, reference: Path | None, request: ReferenceRequest) -> None:
        self._request = request
        self._backend = _choose_backend(request)
        self._facts: ProcessFacts | None = None
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        arguments = [
            str(reference.resolve()) if reference else "",
            request.device,
            "tf32" if request.tf32 else "",
        ]
        environment = {**os.environ, **_SETTINGS, "KERAS_BACKEND": self._backend}
        environment |= {} if request.tf32 else _NO_TF32
        environment |= _NO_GPU if request.device == "cpu" else _MAC if sys.platform == "darwin" else {}
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-c", _BOOT, _PACKAGE_PARENT, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env=environment,
        )
        if self._process.stdin is None or self._process.stdout is None:  # never, says the call above
            raise SandboxError("The reference process has no pipes")
        nothing = tempfile.TemporaryFile()  # noqa: SIM115 - read to its end by the channel, which closes it
        self._channel = PipeChannel(self._process.stdin, self._process.stdout, nothing)  # type: ignore[arg-type]

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    @property
    def facts(self) -> ProcessFacts:
        """What the process says about itself; waits until it is ready.

        Raises:
            UsageError: A GPU was asked for and there is none.
            SandboxError: The process could not be started.
            ExerciseError: The `keras_reference.py` raised.
        """
        if self._facts is None:
            fields = self._hear("ready", _START_TIMEOUT_S)
            rows = fields.pop("makers")
            makers = tuple(
                MakerFacts(
                    name=name,
                    function=function,
                    sizes=tuple(sizes),
                    large=tuple(large),
                    dtypes=tuple(dtypes),
                )
                for name, function, sizes, large, dtypes in rows
            )
            self._facts = ProcessFacts(**fields, makers=makers)
        return self._facts

    def cases(self, wanted: Sequence[tuple[str, int, str, int]]) -> list[Case]:
        """Return a case for each maker's name, size, dtype and seed.

        Raises:
            GraderError: As for `facts`; or a case could not be computed.
        """
        self.facts  # noqa: B018 - wait until it is ready
        try:
            header, payload = encode([list(one) for one in wanted])
            self._channel.send(header, payload, deadline=time.monotonic() + _CASES_TIMEOUT_S)
        except (ChannelClosedError, DeadlineError) as error:
            raise self._died() from error
        return [from_plain(fields) for fields in self._hear("cases", _CASES_TIMEOUT_S)]

    def _hear(self, word: str, timeout_s: float) -> Value:
        try:
            deadline = time.monotonic() + timeout_s
            reply = decode(*self._channel.receive(deadline=deadline, watch=lambda: None))
        except (ChannelClosedError, DeadlineError, WireError) as error:
            raise self._died() from error
        if reply[0] != word:
            _, kind, said = reply
            raise self._refused(kind, said)
        return reply[1]

    def _died(self) -> SandboxError:
        status = self._process.poll()
        self._log.seek(0)
        lines = self._log.read().decode("utf-8", errors="replace").strip().splitlines()
        said = lines[-1][:300] if lines else tr("it said nothing")
        return SandboxError(
            tr(
                "The process that computes the Keras reference is gone (exit status {status}): {said}",
                status=status,
                said=said,
            ),
            hint=tr(
                "Try again; `grade doctor --devices` shows what works. `--reference recorded` does without"
            ),
        )

    def _refused(self, kind: str, said: str) -> GraderError:
        if kind == "device":
            return UsageError(
                tr("{backend} sees no GPU here. Expected one for `--device gpu`", backend=said),
                hint=tr(
                    "Use `--device auto`, which takes the CPU then. `grade doctor --devices` shows what there is"
                ),
            )
        if kind == "import":
            return SandboxError(
                tr("The Keras reference cannot be computed here: {error}", error=said),
                hint=tr(
                    "Install what is missing, or name another backend with `--backend {names}`",
                    names="|".join(BACKENDS),
                ),
            )
        return ExerciseError(
            tr("`keras_reference.py` failed: {error}", error=said),
            hint=tr("Put it right, then run `grade reference build`"),
        )

    def close(self) -> None:
        """End the process."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._channel.close()
        self._log.close()


class LiveSource:
    """Fresh cases, computed in a reference process.

    Args:
        process: The process.
        wanted_device: What the person asked for.
    """

    def __init__(self, process: ReferenceProcess, *, wanted_device: str) -> None:
        self._process = process
        self._kept: dict[
            tuple[str | int, ...], list[Case]
        ] = {}  # for a case that is run again with a mistake
        facts = process.facts
        note = ""
        if wanted_device == "auto" and facts.device == "cpu":
            note = tr("no GPU here: Keras computed on the CPU")
        self.info = ReferenceInfo(
            mode="live",
            keras=facts.keras,
            backend=facts.backend,
            backend_version=facts.backend_version,
            device=facts.device,
            device_name=facts.device_name,
            note=note,
        )

    def cases(self, function: str, count: int, entropy: Sequence[int]) -> list[Case]:
        """Return `count` fresh cases about an entry point; the same for the same `entropy`."""
        key: tuple[str | int, ...] = (function, count, *entropy)
        if key not in self._kept:
            # One with large sizes alone is for `grade reference verify`, live as in a bank.
            makers = [
                maker for maker in self._process.facts.makers if maker.function == function and maker.sizes
            ]
            if not makers:
                raise ExerciseError(
                    f"`keras_reference.py` declares no case about `{function}`",
                    hint="Declare one with `@reference_case`",
                )
            rng = np.random.default_rng([*entropy])
            wanted = [_draw(rng, makers) for _ in range(count)]
            self._kept[key] = self._process.cases(wanted)
        return self._kept[key]


def _draw(rng: np.random.Generator, makers: Sequence[MakerFacts]) -> tuple[str, int, str, int]:
    maker = makers[int(rng.integers(len(makers)))]
    size, dtype = int(rng.choice(maker.sizes)), str(rng.choice(maker.dtypes))
    return maker.name, size, dtype, int(rng.integers(2**31))
