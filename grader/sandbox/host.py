"""One submission on the grader's side: its worker, its limits, and the verdicts of what it breaks.

Theory of operation. A `Session` starts a worker when a case needs one and loads the submission into it. Every
request has a deadline, kept from outside by killing. A crash, a limit or a broken protocol ends the case
(`CaseOverError`, which a suite cannot swallow) and the worker; the next case gets a new one. A submission that
cannot even be loaded within its limits is not started again for every case.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.course import EntryPoint, Limits
from grader.language import tr
from grader.sandbox.channel import REQUEST_ID_BYTES, ChannelClosedError, DeadlineError
from grader.sandbox.dispatch import Operation, Raised
from grader.sandbox.launch import Launcher, Worker, new_request_id
from grader.sandbox.wire import Value, WireError, decode, encode
from grader.verdicts import Verdict

MAX_THREADS = 64
_FORKED_BASE_MIB = 64  # pages shared with the parent, which count as resident but not as the submission's


@dataclass(frozen=True, slots=True)
class Returned:
    """One operation's outcome: its value, and the arguments that it changed in place."""

    value: Value
    changed: dict[int | str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Frame:
    """One request of a case, ready to be sent."""

    header: bytes
    payload: bytes
    num_beginning: int  # operations before those that were asked for
    num_operations: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for a frame, not read yet."""

    header: bytes
    payload: bytes | bytearray


class CaseOverError(BaseException):
    """The case cannot go on: no `except Exception` of a suite keeps it alive.

    Attributes:
        verdict: What the case gets.
        message: One sentence for the learner.
    """

    def __init__(self, verdict: Verdict, message: str) -> None:
        super().__init__(message)
        self.verdict = verdict
        self.message = message


def parse_outcomes(value: Value, *, num_expected: int) -> list[Returned | Raised]:
    """Read a reply's outcomes, trusting nothing in them.

    Raises:
        WireError: They are no outcomes, or not as many as were asked for.
    """
    if type(value) is not list or not 0 < len(value) <= num_expected:
        raise WireError("Expected a list of outcomes")
    outcomes = [_parse_outcome(fields) for fields in value]
    if any(isinstance(outcome, Raised) for outcome in outcomes[:-1]):
        raise WireError("An outcome follows an exception")
    if len(outcomes) < num_expected and not isinstance(outcomes[-1], Raised):
        raise WireError(f"Expected {num_expected} outcomes. Received: {len(outcomes)}")
    return outcomes


def _parse_outcome(fields: Value) -> Returned | Raised:
    if type(fields) is not list or not fields:
        raise WireError("Expected an outcome")
    if fields[0] == "value" and len(fields) == 3 and type(fields[2]) is dict:
        if not all(type(key) in (int, str) for key in fields[2]):
            raise WireError("Expected positions or keywords of changed arguments")
        return Returned(fields[1], fields[2])
    if fields[0] == "raised" and len(fields) == 4:
        _, names, message, frames = fields
        is_right = type(names) is list and type(message) is str and type(frames) is list
        if is_right and names and all(type(name) is str for name in names) and all(map(_is_frame, frames)):
            return Raised(tuple(names), message, tuple((line, name) for line, name in frames))
    raise WireError("Expected a value or an exception")


def _is_frame(frame: Value) -> bool:
    return type(frame) is list and len(frame) == 2 and type(frame[0]) is int and type(frame[1]) is str


class Session:
    """The worker side of one submission, for as many cases as the suite has.

    Args:
        launcher: Starts workers.
        source: The submission's text.
        filename: Its name in tracebacks.
        entry_points: What it should define.
        limits: What it may use.
        seed: Of the worker's global random generators.
        is_piecewise: Whether each statement is run for itself, so that one that fails costs no other.
    """

    def __init__(  # noqa: PLR0913 - one submission, as the trusted side knows it
        self,
        launcher: Launcher,
        *,
        source: str,
        filename: str,
        entry_points: Sequence[EntryPoint],
        limits: Limits,
        seed: int,
        is_piecewise: bool = False,
    ) -> None:
        self._launcher = launcher
        self._load = [Operation.LOAD, source, filename, seed, is_piecewise]
        self._entry_points = entry_points
        self._limits = limits
        self._worker: Worker | None = None
        self._case_left_s = limits.case_s
        self._submission_left_s = limits.submission_s
        self._is_loading = False
        self._beginning: list[list[Value]] = []  # what goes before the case's first request
        self._fault: CaseOverError | None = None  # of the case that runs
        self._dead: CaseOverError | None = None  # of every case from now on
        self.load_error: Raised | None = None
        self.names: dict[str, str] = {}  # canonical name -> name that the submission defines
        self.parts: tuple[str, ...] = ()
        self.load_output = ""
        self.output = ""

    # --- cases -----------------------------------------------------------------------------------------------

    def begin_case(self, seed: int = 0) -> None:
        """Give the next case its full time, and its own start of the global random generators."""
        self._beginning = [[Operation.BEGIN, seed]]
        self._case_left_s = self._limits.case_s
        self._fault = self._dead
        self.output = ""

    def renew(self) -> None:
        """Give the whole submission its full time again, for another run of the suite."""
        self._submission_left_s = self._limits.submission_s

    def restart(self) -> None:
        """End the worker: the next case gets a new one."""
        self._end_worker()

    def end_case(self) -> CaseOverError | None:
        """Return what ended the case, if anything did, and forget its handles."""
        worker = self._worker
        if worker is not None:
            if not worker.channel.is_quiet():
                self._end_worker()
                self._blame(
                    Verdict.RUNTIME_ERROR, tr("The submission sent a reply that nobody had asked for")
                )
            self.output += worker.channel.output.take()
        return self._fault

    def fail(self, verdict: Verdict, message: str) -> CaseOverError:
        """Return the error that ends the case with `verdict`."""
        return self._blame(verdict, message)

    def close(self) -> None:
        """End the worker."""
        self._end_worker()

    def load(self) -> None:
        """Start the worker and load the submission now, so that what goes wrong there is known first.

        Raises:
            CaseOverError: The submission cannot be loaded within its limits.
        """
        if self._dead is not None:
            raise self._dead
        if self._worker is None:
            self._start()

    # --- requests --------------------------------------------------------------------------------------------

    def request(self, operations: Sequence[Sequence[Value]]) -> list[Returned | Raised]:
        """Return the outcomes of `operations`: as many, or fewer where the last one raised.

        Raises:
            CaseOverError: The worker crashed, hit a limit or broke the protocol, now or earlier in this case.
        """
        frame = self.prepare(operations)
        return [] if frame is None else self.read(frame, self.send(frame))

    def prepare(self, operations: Sequence[Sequence[Value]]) -> Frame | None:
        """Return the request for `operations`, with what begins a case before its first one; None for nothing.

        Raises:
            CaseOverError: The case is over, or the submission cannot be loaded.
        """
        if self._fault is not None:
            raise self._fault
        self.load()
        if not operations:
            return None
        beginning, self._beginning = self._beginning, []
        header, payload = encode([*beginning, *operations])
        return Frame(header, payload, len(beginning), len(operations))

    def send(self, frame: Frame) -> Reply:
        """Return what the worker replies to a frame of `prepare`.

        Raises:
            CaseOverError: The worker crashed, hit a limit or broke the protocol, now or earlier in this case.
        """
        if self._fault is not None:
            raise self._fault
        self.load()
        self._beginning = []
        return self._transfer(frame.header, frame.payload)

    def read(self, frame: Frame, reply: Reply) -> list[Returned | Raised]:
        """Return the outcomes that a reply holds, trusting nothing in it.

        Raises:
            CaseOverError: The reply breaks the protocol.
        """
        return self._outcomes(reply, frame.num_beginning + frame.num_operations)[frame.num_beginning :]

    def _start(self) -> None:
        self._worker = self._launcher.launch()
        self.parts = self._worker.parts
        candidates = [name for entry in self._entry_points for name in (entry.name, *entry.aliases)]
        self._is_loading = True
        try:
            outcome = self._exchange([self._load])[0]
            if isinstance(outcome, Raised):
                self.load_error = outcome
                if "MemoryError" in outcome.type_names:
                    self._end_worker()
                    raise self._blame(Verdict.MEMORY_LIMIT, self._memory_message())
            defined = self._exchange([[Operation.HAS, candidates]])[0]
        except CaseOverError as error:
            self._dead = error
            raise
        finally:
            self._is_loading = False
        present = defined.value if isinstance(defined, Returned) and type(defined.value) is list else []
        for entry in self._entry_points:
            taken = next((name for name in (entry.name, *entry.aliases) if name in present), None)
            if taken is not None:
                self.names[entry.name] = taken
        if self._worker is not None:
            self.load_output = self._worker.channel.output.take()

    def _exchange(self, operations: Sequence[Sequence[Value]]) -> list[Returned | Raised]:
        return self._outcomes(self._transfer(*encode(list(operations))), len(operations))

    def _transfer(self, header: bytes, payload: bytes) -> Reply:
        """Send one request and return the reply to it, within what is left of the time."""
        worker = self._worker
        if worker is None:
            raise self._blame(Verdict.RUNTIME_ERROR, tr("The worker is gone"))
        request_id = new_request_id()
        started = time.monotonic()
        deadline = started + min(self._case_left_s, self._submission_left_s)
        try:
            if not worker.channel.is_quiet():
                raise WireError("A reply came before its request")
            worker.channel.send(request_id + header, payload, deadline=deadline)
            answer, data = worker.channel.receive(deadline=deadline, watch=self._watch_memory)
            if answer[:REQUEST_ID_BYTES] != request_id:
                raise WireError("The reply answers another request")
            return Reply(answer[REQUEST_ID_BYTES:], data)
        except DeadlineError:
            self._end_worker()
            raise self._time_limit() from None
        except WireError as error:
            raise self._unreadable(error) from None
        except ChannelClosedError:
            raise self._crash() from None
        finally:
            self._spend(time.monotonic() - started)

    def _outcomes(self, reply: Reply, num_expected: int) -> list[Returned | Raised]:
        started = time.monotonic()
        try:
            return parse_outcomes(decode(reply.header, reply.payload), num_expected=num_expected)
        except WireError as error:
            raise self._unreadable(error) from None
        finally:
            self._spend(time.monotonic() - started)

    def _spend(self, seconds: float) -> None:
        self._case_left_s -= seconds
        self._submission_left_s -= seconds

    # --- faults ----------------------------------------------------------------------------------------------

    def _blame(self, verdict: Verdict, message: str) -> CaseOverError:
        self._fault = CaseOverError(verdict, message)
        return self._fault

    def _end_worker(self) -> int:
        worker, self._worker = self._worker, None
        if worker is None:
            return 0
        self.parts = worker.parts or self.parts
        self.output += worker.channel.output.take()
        return worker.end()

    def _unreadable(self, error: WireError) -> CaseOverError:
        self._end_worker()
        message = tr("The submission's answer could not be read: {reason}", reason=error)
        return self._blame(Verdict.RUNTIME_ERROR, message)

    def _time_limit(self) -> CaseOverError:
        if self._submission_left_s <= self._case_left_s:
            message = tr("All cases together took longer than {s:g} s", s=self._limits.submission_s)
            self._dead = self._blame(Verdict.TIME_LIMIT, message)
            return self._dead
        if self._is_loading:
            message = tr(
                "Loading the file did not end within {s:g} s: is there a loop outside your functions?",
                s=self._limits.case_s,
            )
            return self._blame(Verdict.TIME_LIMIT, message)
        message = tr("No answer within {s:g} s: is there a loop that never ends?", s=self._limits.case_s)
        return self._blame(Verdict.TIME_LIMIT, message)

    def _memory_message(self) -> str:
        return tr("More than {mib} MiB of memory were asked for", mib=self._limits.memory_mib)

    def _crash(self) -> CaseOverError:
        status = self._end_worker()
        if status >= 0:
            message = tr("The submission ended its process (exit status {status})", status=status)
            return self._blame(Verdict.RUNTIME_ERROR, message)
        try:
            name = signal.Signals(-status).name
        except ValueError:
            name = str(-status)
        if name == "SIGXCPU":
            return self._time_limit()
        return self._blame(Verdict.RUNTIME_ERROR, tr("The submission's process crashed ({name})", name=name))

    def _watch_memory(self) -> None:
        """End the case when the worker's resident memory or its threads are out of bounds."""
        if self._worker is None:
            return
        try:
            lines = Path(f"/proc/{self._worker.pid}/status").read_text("ascii", errors="replace").splitlines()
        except OSError:  # no such file system, or the worker just ended
            return
        facts = dict(line.split(":", 1) for line in lines if ":" in line)
        resident_mib = int(facts.get("VmRSS", "0 kB").split()[0]) // 1024
        if resident_mib > self._limits.memory_mib + _FORKED_BASE_MIB:
            self._end_worker()
            raise self._blame(Verdict.MEMORY_LIMIT, self._memory_message())
        if int(facts.get("Threads", "1")) > MAX_THREADS:
            self._end_worker()
            message = tr("More than {n} threads were started", n=MAX_THREADS)
            raise self._blame(Verdict.MEMORY_LIMIT, message)
