"""Cases that went the same way before: what was judged once need not be judged again.

Theory of operation. All submissions of a run get the same random inputs, so what a case asks next depends only on
what came back so far, and its verdict only on everything that came back. For each case a tree of replies is kept:
a node holds the next request, an edge one reply to the byte, a leaf the case as it went. A further submission is
asked the requests along the tree, each only after its reply to the one before; nothing of the answers goes over.
Where its reply is new, the suite itself runs: the replies that are already there are given to it, then the
submission is asked on. Two equal verdicts therefore always rest on equal bytes.

An exception's line numbers do not count as part of a reply, as long as the case goes on and is judged by what
follows. A case that asks otherwise after the same replies (a clock, a random draw of its own) is not kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from grader.sandbox.dispatch import Operation, Raised
from grader.sandbox.host import CaseOverError, Frame, Reply, Session
from grader.sandbox.outcomes import Returned
from grader.sandbox.wire import Value, WireError, encode
from grader.verdicts import Verdict

if TYPE_CHECKING:
    from grader.suite.trial import CaseRun

_KEPT = (Verdict.PASSED, Verdict.FAILED)
_MAX_BYTES = 64 * 2**20  # of requests and of what came back, over all cases
_RUN_BYTES = 4096  # for what else is kept of a case
_MAX_BRANCHES = 256  # different replies to one request


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request of a case, what came back, and what tells this reply from others."""

    frame: Frame
    outcomes: list[Returned | Raised]
    key: bytes
    num_bytes: int  # what is kept of it


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
        self._bytes_left = _MAX_BYTES
        self._num_runs = 0

    def find(self, place: Hashable) -> _Node | None:
        """Return where a case begins; None where it was not seen yet."""
        return self._roots.get(place)

    def distrust(self, place: Hashable) -> None:
        """Never keep this case again: it does not ask the same after the same replies."""
        self._roots.pop(place, None)
        self._unsteady.add(place)

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
    """

    def __init__(self, memory: Memory, session: Session) -> None:
        self._memory = memory
        self._session = session
        self._place: Hashable = None
        self._seed = 0
        self._given: list[Exchange] = []
        self._made: list[Exchange] = []
        self._has_diverged = False

    def begin(self, case_id: str, seed: int, global_seed: int) -> CaseRun | None:
        """Return how a case went that the submission answers like an earlier one, or None: the suite must run.

        Args:
            case_id: Which case; the session has begun it.
            seed: Of its random inputs.
            global_seed: Of the worker's global random generators in this case.
        """
        self._place = (case_id, seed, tuple(sorted(self._session.names.items())))
        self._seed = global_seed
        self._given, self._made, self._has_diverged = [], [], False
        node = self._memory.find(self._place)
        steps: list[tuple[Frame, Reply]] = []
        try:
            while node is not None and node.frame is not None:
                frame = node.frame
                steps.append((frame, self._session.send(frame)))
                following = node.branches.get(_digest(steps[-1][1]))
                node = following or node.branches.get(self._read(*steps[-1]).key)
            if node is not None and node.run is not None:
                return node.run
        except CaseOverError:
            pass  # the session says so again when the suite asks
        for step in steps:
            try:
                self._given.append(self._read(*step))
            except CaseOverError:
                break
        return None

    def request(self, operations: Sequence[Sequence[Value]]) -> list[Returned | Raised]:
        """Return the outcomes of `operations`."""
        if operations and self._given:
            exchange = self._given.pop(0)
            beginning = [[Operation.BEGIN, self._seed]][: exchange.frame.num_beginning]
            asked = encode([*beginning, *operations])
            self._has_diverged |= asked != (exchange.frame.header, exchange.frame.payload)
        else:
            frame = self._session.prepare(operations)
            if frame is None:
                return []
            exchange = self._read(frame, self._session.send(frame))
        self._made.append(exchange)
        return exchange.outcomes

    @property
    def has_diverged(self) -> bool:
        """Whether the case asked for something else than what was given to it: then it must run again, alone."""
        if self._has_diverged or self._given:
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


def _digest(reply: Reply) -> bytes:
    digest = hashlib.sha256(len(reply.header).to_bytes(8, "little"))
    digest.update(reply.header)
    digest.update(reply.payload)
    return digest.digest()


def _is_same(left: Frame, right: Frame) -> bool:
    return left.header == right.header and left.payload == right.payload
