"""One submission on the grader's side: its worker, its limits, and the verdicts of what it breaks.

Theory of operation. A `Session` starts a worker when a case needs one and loads the submission into it. Every
request has a deadline, kept from outside by killing. A crash, a limit or a broken protocol ends the case
(`CaseOverError`, which a suite cannot swallow) and the worker; the next case gets a new one. A submission that
cannot even be loaded within its limits is not started again for every case, and one that found no end in
several cases is not waited for in all the others.
"""

from __future__ import annotations

import math
import signal
import sys
import time
from collections.abc import Sequence

from grader.course import EntryPoint, Limits
from grader.language import tr
from grader.sandbox.channel import REQUEST_ID_BYTES, ChannelClosedError, DeadlineError
from grader.sandbox.dispatch import Operation, Raised
from grader.sandbox.launch import Launcher, Worker, new_request_id
from grader.sandbox.outcomes import Returned, parse_outcomes, parse_together
from grader.sandbox.requests import Frame, Reply
from grader.sandbox.watch import look_at
from grader.sandbox.wire import MAX_INT_BYTES, Value, WireError, decode, encode
from grader.verdicts import Verdict

MAX_THREADS = 64
MAX_TIME_LIMITS = 3  # cases of one submission that may run out of time before the rest is left out
MAX_AHEAD_S = 1.0  # for cases that are asked together: longer ones are asked one by one
MAX_ANSWERS_MIB = 128  # what all answers of one submission may hold: they are kept for the report

# An integer of `MAX_INT_BYTES` can be shown, which Python by itself would refuse; longer ones do not cross.
sys.set_int_max_str_digits(math.ceil(MAX_INT_BYTES * 8 * math.log10(2)) + 1)
_FORKED_BASE_MIB = 64  # pages shared with the parent, which count as resident but not as the submission's


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
        code: The source compiled, as `marshal` writes it; without it the worker compiles.
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
        code: bytes = b"",
    ) -> None:
        self._launcher = launcher
        self._load = [Operation.LOAD, source, filename, seed, is_piecewise, code]
        self._entry_points = entry_points
        self._limits = limits
        self._worker: Worker | None = None
        self._case_left_s = limits.case_s
        self._submission_left_s = limits.submission_s
        self._answers_left = MAX_ANSWERS_MIB * 2**20
        self._num_time_limits = 0
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
        self._answers_left = MAX_ANSWERS_MIB * 2**20

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

    def ask_together(self, together: Frame, *, is_first: bool = False) -> Reply | None:
        """Return the reply to whole cases that come next, sent as one; None where that did not go well.

        Then nothing of it counts: no case has failed, no time is spent, and the next request finds a new worker.
        What is printed belongs to one case, and nobody can say to which: that is not well either.
        Where no case comes before them, `is_first`, later workers may have the request beforehand.
        """
        worker, fault = self._worker, self._fault
        if worker is None or fault is not None:
            return None
        started = time.monotonic()
        most_s = min(MAX_AHEAD_S, self._limits.case_s, self._submission_left_s)
        try:
            asked = worker.kept.get(together, together)
            worker.kept = {}  # once: its arguments may be changed in place
            reply = self._exchanged(worker, asked.header, asked.payload, started + most_s)
            is_silent = worker.channel.is_quiet() and not worker.channel.output
            if is_silent and reply.num_bytes < self._answers_left:
                self._count_answer(reply.num_bytes)
                self._submission_left_s -= time.monotonic() - started
                if is_first and asked is together:
                    self._launcher.keep(together)
                return reply
        except (DeadlineError, WireError, ChannelClosedError, CaseOverError):
            pass  # asked one by one, the case that is to blame will say so
        self._give_up(fault)
        return None

    def split(self, together: Reply, num_expected: int) -> list[Reply] | None:
        """Return the replies to the requests that were sent as one, not read yet; None as for `ask_together`."""
        fault = self._fault
        try:
            (outcome,) = self._outcomes(together, 1)
            return [Reply(*pair) for pair in parse_together(outcome, num_expected=num_expected)]
        except (WireError, CaseOverError):
            pass
        self._give_up(fault)
        return None

    def _give_up(self, fault: CaseOverError | None) -> None:
        """End the worker as if it had not been asked."""
        self._end_worker()
        self._fault, self.output = fault, ""

    def read(self, frame: Frame, reply: Reply) -> list[Returned | Raised]:
        """Return the outcomes that a reply holds, trusting nothing in it.

        Raises:
            CaseOverError: The reply breaks the protocol.
        """
        outcomes = self._outcomes(reply, frame.num_beginning + frame.num_operations)
        for outcome in outcomes[: frame.num_beginning]:
            if isinstance(outcome, Raised):  # our own preparation of the case: what it uses was replaced
                message = tr(
                    "The case could not begin: {error}. Does your code replace functions of numpy or Python?",
                    error=outcome.type_names[0],
                )
                raise self._blame(Verdict.RUNTIME_ERROR, message)
        return outcomes[frame.num_beginning :]

    def _start(self) -> None:
        self._worker = self._launcher.launch()
        self.parts = self._worker.parts
        candidates = [name for entry in self._entry_points for name in (entry.name, *entry.aliases)]
        self._is_loading = True
        try:
            look = [Operation.HAS, candidates]
            outcome, *rest = self._exchange([self._load, look])
            if isinstance(outcome, Raised):
                self.load_error = outcome
                if "MemoryError" in outcome.type_names:
                    self._end_worker()
                    raise self._blame(Verdict.MEMORY_LIMIT, self._memory_message())
            defined = rest[0] if rest else self._exchange([look])[0]
        except CaseOverError as error:
            self._dead = error
            raise
        finally:
            self._is_loading = False
        answer = defined.value if isinstance(defined, Returned) else None
        present = {name for name in answer if type(name) is str} if type(answer) is list else set()
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
        started = time.monotonic()
        deadline = started + min(self._case_left_s, self._submission_left_s)
        try:
            reply = self._exchanged(worker, header, payload, deadline)
            self._count_answer(reply.num_bytes)
            return reply
        except DeadlineError:
            self._end_worker()
            raise self._time_limit() from None
        except WireError as error:
            raise self._unreadable(error) from None
        except ChannelClosedError:
            raise self._crash() from None
        finally:
            self._spend(time.monotonic() - started)

    def _exchanged(self, worker: Worker, header: bytes, payload: bytes, deadline: float) -> Reply:
        """Send a request and return the reply to it.

        Raises:
            WireError: Something else came than one reply to it.
            DeadlineError, ChannelClosedError, CaseOverError: None came.
        """
        request_id = new_request_id()
        if not worker.channel.is_quiet():
            raise WireError("A reply came before its request")
        worker.channel.send(request_id + header, payload, deadline=deadline)
        answer, data = worker.channel.receive(deadline=deadline, watch=self._watch)
        if answer[:REQUEST_ID_BYTES] != request_id:
            raise WireError("The reply answers another request")
        return Reply(answer[REQUEST_ID_BYTES:], data)

    def _outcomes(self, reply: Reply, num_expected: int) -> list[Returned | Raised]:
        started = time.monotonic()
        try:
            value = decode(reply.header, reply.payload, is_reply=True)
            return parse_outcomes(value, num_expected=num_expected)
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
        error = self._blame(Verdict.TIME_LIMIT, message)
        self._num_time_limits += 1
        if self._num_time_limits >= MAX_TIME_LIMITS:
            message = tr("Not run: {n} cases before it had no answer within their time", n=MAX_TIME_LIMITS)
            self._dead = CaseOverError(Verdict.TIME_LIMIT, message)
        return error

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

    def _count_answer(self, num_bytes: int) -> None:
        self._answers_left -= num_bytes
        if self._answers_left < 0:
            self._end_worker()
            message = tr("All answers together hold more than {mib} MiB", mib=MAX_ANSWERS_MIB)
            self._dead = self._blame(Verdict.MEMORY_LIMIT, message)
            raise self._dead

    def _watch(self) -> None:
        """End the case when the worker's resident memory or its threads are out of bounds."""
        seen = look_at(self._worker.pid) if self._worker is not None else None
        if seen is None:
            return
        if seen.resident_mib > self._limits.memory_mib + _FORKED_BASE_MIB:
            self._end_worker()
            raise self._blame(Verdict.MEMORY_LIMIT, self._memory_message())
        if seen.num_threads > MAX_THREADS:
            self._end_worker()
            message = tr("More than {n} threads were started", n=MAX_THREADS)
            raise self._blame(Verdict.MEMORY_LIMIT, message)
