"""Cases that went the same way before: what was judged once need not be judged again.

Theory of operation. All submissions of a run get the same random inputs, so what a case asks next depends only on
what came back so far, and its verdict only on everything that came back. For each case a tree of replies is kept:
a node holds the next request, an edge one reply to the byte, a leaf the case as it went. A further submission is
asked the requests along the tree, each only after its reply to the one before; nothing of the answers goes over.
Where its reply is new, the suite itself runs: the replies that are already there are given to it, then the
submission is asked on. Two equal verdicts therefore always rest on equal bytes.

Cases whose requests tell nothing of an answer (see `foresight`) are asked together before their turn, and then
looked up, or run, with the replies that are already there.

An exception's line numbers do not count as part of a reply, as long as the case goes on and is judged by what
follows. A case that asks otherwise after the same replies (a clock, a random draw of its own) is not kept.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from grader.sandbox.dispatch import Operation, Raised
from grader.sandbox.host import CaseOverError, Session
from grader.sandbox.outcomes import Returned
from grader.sandbox.requests import Frame, Reply
from grader.sandbox.wire import Value, WireError, encode
from grader.suite.foresight import Chunk, Foreseen, Rehearsal, first_chunk, foreseen
from grader.verdicts import Verdict

if TYPE_CHECKING:
    from grader.suite.trial import CaseRun

_KEPT = (Verdict.PASSED, Verdict.FAILED)
_MAX_BYTES = 64 * 2**20  # of requests and of what came back, over all cases
_RUN_BYTES = 4096  # for what else is kept of a case
_Step = tuple[Frame, Reply]
_MAX_CHUNKS = 256
_MAX_WHOLES = 1024  # different ways in which all cases passed
_SHARE_DIGITS = 4  # of a case's share of the seconds that all took together
_MAX_BRANCHES = 256  # different replies to one request


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request of a case, what came back, and what tells this reply from others."""

    frame: Frame
    outcomes: list[Returned | Raised]
    key: bytes
    num_bytes: int  # what is kept of it


class Cases(NamedTuple):
    """Cases that come one after the other in a run, told apart from others at little cost.

    Attributes:
        ids: Their ids.
        seed: Of their random inputs.
        names: What the submission calls the entry points.
    """

    ids: tuple[str, ...]
    seed: int
    names: tuple[tuple[str, str], ...]

    @property
    def places(self) -> list[Hashable]:
        """Where each of them is kept."""
        return [_place_of(case_id, self.seed, self.names) for case_id in self.ids]


@dataclass(slots=True)
class _Node:
    frame: Frame | None = None  # what the case asks here; None where it has ended
    branches: dict[bytes, _Node] = field(default_factory=dict)
    run: CaseRun | None = None


class Memory:
    """How the cases of one suite went, by what came back."""

    def __init__(self) -> None:
        self._roots: dict[Hashable, _Node] = {}
        self._unsteady: set[Hashable] = set()
        self._foreseen: dict[Hashable, Foreseen | None] = {}
        self._chunks: dict[Cases, Chunk | None] = {}
        self._wholes: dict[Hashable, tuple[CaseRun, ...]] = {}
        self._timed: dict[Hashable, tuple[CaseRun, ...]] = {}
        self._bytes_left = _MAX_BYTES
        self._num_runs = 0

    def find(self, place: Hashable) -> _Node | None:
        """Return where a case begins; None where it was not seen yet."""
        return self._roots.get(place)

    def distrust(self, place: Hashable) -> None:
        """Never keep this case again: it does not ask the same after the same replies."""
        self._roots.pop(place, None)
        self._foreseen[place] = None
        self._chunks.clear()
        self._wholes.clear()
        self._timed.clear()
        self._unsteady.add(place)

    def chunk(self, cases: Cases) -> Chunk | None:
        """Return as many of these cases, from the first on, as may be asked together."""
        if cases not in self._chunks:
            if len(self._chunks) >= _MAX_CHUNKS:
                self._chunks.clear()
            self._chunks[cases] = first_chunk(map(self._foreseen.get, cases.places))
        return self._chunks[cases]

    def knows_ahead(self, place: Hashable) -> bool:
        """Whether it was found out if a case may be asked before its turn."""
        return place in self._foreseen

    def foresee(self, place: Hashable, found: Foreseen | None) -> None:
        """Keep what a case asks, if it may be asked before its turn."""
        self._foreseen.setdefault(place, found)
        self._chunks.clear()

    def knows_whole(self, key: Hashable) -> bool:
        """Whether it is known how all cases went, by all that came back."""
        return key in self._wholes

    def whole(self, key: Hashable, share_s: float) -> tuple[CaseRun, ...]:
        """Return how all cases went, which took each the same time: the very objects for two that took the same."""
        found = self._timed.get((key, share_s))
        if found is None:
            if len(self._timed) >= _MAX_WHOLES:
                self._timed.clear()
            found = self._timed[key, share_s] = tuple(run.timed(share_s) for run in self._wholes[key])
        return found

    def keep_whole(self, key: Hashable, runs: Sequence[CaseRun]) -> None:
        """Keep how all cases went."""
        if len(self._wholes) < _MAX_WHOLES:
            self._wholes[key] = tuple(runs)

    def add(self, place: Hashable, exchanges: Sequence[Exchange], run: CaseRun) -> CaseRun:
        """Keep how a case went, if there is room, and return it with a number of its own."""
        size = sum(item.num_bytes for item in exchanges) + _RUN_BYTES
        if place in self._unsteady or size > self._bytes_left:
            return run
        node = self._roots.setdefault(place, _Node())
        for exchange in exchanges:
            if node.run is not None or (node.frame is not None and not _is_same(node.frame, exchange.frame)):
                self.distrust(place)
                return run
            if len(node.branches) >= _MAX_BRANCHES and exchange.key not in node.branches:
                return run
            node.frame = exchange.frame
            node = node.branches.setdefault(exchange.key, _Node())
        if node.frame is not None or node.run is not None:
            self.distrust(place)
            return run
        self._bytes_left -= size
        self._num_runs += 1
        node.run = replace(run, number=self._num_runs)
        return node.run


class Recall:
    """Runs the cases of one submission against the memory: asks along the tree, then lets the suite go on.

    It stands between a case's proxy and the session: what is already there is given, the rest is asked for.

    Args:
        memory: Of the suite.
        session: The submission's, loaded, with nothing in it that keeps an entry point from being called.
        foresees: Whether cases may be asked before their turn.
    """

    def __init__(self, memory: Memory, session: Session, *, foresees: bool = False) -> None:
        self.foresees = foresees
        self._memory = memory
        self._session = session
        self._place: Hashable = None
        self._seed = 0
        self._given: list[Exchange] = []
        self._made: list[Exchange] = []
        self._has_diverged = False
        self._to_come: tuple[str, ...] = ()  # the cases of this run, in their order
        self._fetched: dict[Hashable, list[_Step]] = {}  # of cases that were asked before their turn
        self._is_ahead = False  # whether this case was
        self._asks_ahead = foresees
        self._whole: Hashable = None  # what tells this submission's replies from others, where all are here

    def begin_run(self, case_ids: Sequence[str], seed: int) -> Sequence[CaseRun] | None:
        """Hear which cases will come, and return how they all went if that is known.

        It is where all of them can be asked together, and another submission that passed them gave the same replies.
        """
        self._to_come = tuple(case_ids)
        self._whole = None
        if not self._asks_ahead or not self._to_come:
            return None
        started = time.perf_counter()
        cases = Cases(self._to_come, seed, self._names())
        found = self._memory.chunk(cases)
        if found is None or len(found.cases) < len(cases.ids):
            return None
        reply = self._ask(found, is_first=True)
        if reply is None:
            return None
        self._whole = (cases, _digest(reply))
        if not self._memory.knows_whole(self._whole):
            self._keep_replies(cases, found, reply)
            return None
        share_s = (time.perf_counter() - started) / len(cases.ids)
        return self._memory.whole(self._whole, round(share_s, _SHARE_DIGITS))

    def end_run(self, runs: Sequence[CaseRun]) -> None:
        """Hear how all cases went."""
        if self._whole is not None and all(
            run.number and run.result.verdict is Verdict.PASSED and not run.result.detail.output
            for run in runs
        ):
            self._memory.keep_whole(self._whole, runs)

    def begin(self, case_id: str, seed: int, global_seed: int) -> CaseRun | None:
        """Return how a case went that the submission answers like an earlier one, or None: the suite must run.

        Args:
            case_id: Which case; the session has begun it.
            seed: Of its random inputs.
            global_seed: Of the worker's global random generators in this case.
        """
        self._place = _place_of(case_id, seed, self._names())
        self._seed = global_seed
        self._given, self._made, self._has_diverged = [], [], False
        if self._asks_ahead and self._place not in self._fetched:
            self._ask_ahead(case_id, seed)
        fetched = self._fetched.pop(self._place, None)
        self._is_ahead = fetched is not None
        steps: list[_Step] = []
        try:
            node = self._memory.find(self._place)
            while node is not None and node.frame is not None:
                if fetched is None:
                    steps.append((node.frame, self._session.send(node.frame)))
                elif len(steps) < len(fetched) and _is_same(node.frame, fetched[len(steps)][0]):
                    steps.append(fetched[len(steps)])
                else:  # after this reply it asks otherwise than foreseen
                    break
                following = node.branches.get(_digest(steps[-1][1]))
                node = following or node.branches.get(self._read(*steps[-1]).key)
            if node is not None and node.run is not None:
                return node.run
        except CaseOverError:
            pass  # the session says so again when the suite asks
        for step in steps if fetched is None else fetched:
            try:
                self._given.append(self._read(*step))
            except CaseOverError:
                break
        return None

    def _names(self) -> tuple[tuple[str, str], ...]:
        return tuple(sorted(self._session.names.items()))

    def _ask_ahead(self, case_id: str, seed: int) -> None:
        """Ask what a case and those after it will ask, as far as that may go over together."""
        cases = Cases(self._to_come[self._to_come.index(case_id) :], seed, self._names())
        found = self._memory.chunk(cases)
        is_first = case_id == self._to_come[0]
        reply = None if found is None else self._ask(found, is_first=is_first)
        if found is not None and reply is not None:
            self._keep_replies(cases, found, reply)

    def _ask(self, found: Chunk, *, is_first: bool) -> Reply | None:
        reply = self._session.ask_together(found.together, is_first=is_first)
        if reply is None:  # from now on each case is asked in its turn
            self._asks_ahead = False
        return reply

    def _keep_replies(self, cases: Cases, found: Chunk, reply: Reply) -> None:
        """Keep for each case of a chunk what was replied to it."""
        replies = self._session.split(reply, found.num_requests)
        if replies is None:
            self._asks_ahead = False
            return
        rest = iter(replies)
        for place, case in zip(cases.places, found.cases, strict=False):
            self._fetched[place] = list(zip(case.frames, islice(rest, len(case.frames)), strict=True))

    def request(self, operations: Sequence[Sequence[Value]]) -> list[Returned | Raised]:
        """Return the outcomes of `operations`."""
        if operations and self._given:
            exchange = self._given.pop(0)
            asked = encode([*self._beginning[: exchange.frame.num_beginning], *operations])
            self._has_diverged |= asked != (exchange.frame.header, exchange.frame.payload)
        else:
            frame = self._session.prepare(operations)
            if frame is None:
                return []
            self._has_diverged |= self._is_ahead
            exchange = self._read(frame, self._session.send(frame))
        self._made.append(exchange)
        return exchange.outcomes

    @property
    def _beginning(self) -> list[list[Value]]:
        return [[Operation.BEGIN, self._seed]]

    @property
    def has_diverged(self) -> bool:
        """Whether the case asked for something else than what was given to it: then it must run again, alone."""
        if self._has_diverged or (self._given and not self._is_ahead):
            self._memory.distrust(self._place)
            return True
        return False

    def start_over(self) -> None:
        """End the worker, for a case that must run again from its beginning."""
        self._session.restart()

    def keep(self, run: CaseRun) -> CaseRun:
        """Keep how the case went, if its verdict rests on the replies alone."""
        if run.result.verdict not in _KEPT:
            return run
        return self._memory.add(self._place, self._made, run)

    def wants_rehearsal(self, run: CaseRun) -> bool:
        """Whether it is to be found out if this case, which was kept, may be asked before its turn."""
        return (
            self.foresees
            and run.result.verdict is Verdict.PASSED
            and run.number > 0
            and not self._memory.knows_ahead(self._place)
        )

    def rehearsal(self, run: CaseRun, number: int) -> Rehearsal:
        """Return what stands for the submission when the case runs again with other answers."""
        frames = [exchange.frame for exchange in self._made]
        return Rehearsal(frames, run.asked, self._beginning, self._session.names, number)

    def foresee(self, run: CaseRun, *, said: Sequence[Returned | Raised] | None) -> None:
        """Keep what the case asks, if no request holds an answer.

        Args:
            run: How the case went.
            said: What the solution says in it; None where a request depends on an answer.
        """
        frames = [exchange.frame for exchange in self._made]
        found = None if said is None else foreseen(frames, run.asked, self._beginning, said)
        self._memory.foresee(self._place, found)

    def _read(self, frame: Frame, reply: Reply) -> Exchange:
        outcomes = self._session.read(frame, reply)
        raised = outcomes[-1]
        size = len(frame.header) + len(frame.payload) + reply.num_bytes
        if not isinstance(raised, Raised):
            return Exchange(frame, outcomes, _digest(reply), size)
        # Where in its file the submission raised is its own affair.
        said = [[outcome.value, list(outcome.changed.items())] for outcome in outcomes[:-1]]  # type: ignore[union-attr]
        try:
            header, payload = encode([*said, list(raised.type_names), raised.message])
        except WireError:  # larger than it came: no harm, it counts as itself
            return Exchange(frame, outcomes, _digest(reply), size)
        return Exchange(frame, outcomes, b"raised" + _digest(Reply(header, payload)), size)


def _place_of(case_id: str, seed: int, names: tuple[tuple[str, str], ...]) -> Hashable:
    """Return what tells a case from others, and from itself under another seed or other names."""
    return case_id, seed, names


def _digest(reply: Reply) -> bytes:
    digest = hashlib.sha256(len(reply.header).to_bytes(8, "little"))
    digest.update(reply.header)
    digest.update(reply.payload)
    return digest.digest()


def _is_same(left: Frame, right: Frame) -> bool:
    return left.header == right.header and left.payload == right.payload
