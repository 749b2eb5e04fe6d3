"""Which file of a person belongs to which exercise, and which of several counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from grader.course import Exercise
from grader.errors import UsageError
from grader.intake.names import ExerciseNames, copy_rank
from grader.intake.pieces import Piece
from grader.intake.records import Handin, Student, Unread, Unusable
from grader.language import tr
from grader.notebook_kit import is_untouched_notebook
from grader.submission import read_submission

_OURS = {"test_public.py", "conftest.py", "setup.py", "__init__.py"}  # handed out, or of tools
_HANDED_OUT = ("readme", "license")  # what lies in every repository
_OTHER_ARCHIVES = (".rar", ".7z", ".egg", ".alz", ".xz", ".bz2")
_MAX_READ = 20  # files of one person that are read to see what they define
_MAX_LISTED = 5  # of one person's files that are nothing


@dataclass(slots=True, kw_only=True)
class Choice:
    """What counts, what it replaced, and what is nothing of the kind."""

    handins: list[Handin] = field(default_factory=list)
    earlier: list[Handin] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    unusable: list[Unusable] = field(default_factory=list)


def choose(
    pieces: Iterable[Piece], exercises: Sequence[Exercise], refused: Mapping[str, str] | None = None
) -> Choice:
    """Return the file that counts for each person or group and exercise.

    Args:
        pieces: With members as they get the marks.
        exercises: Those that are graded.
        refused: Why members of archives were not unpacked, by their place; they are listed already.
    """
    names = ExerciseNames(exercise.id for exercise in exercises)
    by_members: dict[tuple[str, ...], list[Piece]] = defaultdict(list)
    for piece in pieces:
        by_members[tuple(member.key for member in piece.members)].append(piece)
    choice = Choice()
    for owned in by_members.values():
        _Person(owned, exercises, names, refused or {}).choose(choice)
    return choice


class _Person:
    """The files of one person or group."""

    def __init__(
        self,
        pieces: Sequence[Piece],
        exercises: Sequence[Exercise],
        names: ExerciseNames,
        refused: Mapping[str, str],
    ) -> None:
        self._refused = refused
        self._pieces = pieces
        self._exercises = exercises
        self._names = names
        self._named: dict[str, list[Piece]] = defaultdict(list)
        self._unnamed: list[Piece] = []
        self._others: list[tuple[Piece, str]] = []
        for piece in pieces:
            is_ours = piece.original_name in _OURS or bool(piece.problem)
            if piece.file.is_source and piece.file.path is not None and not is_ours:
                self._sort_in(piece)

    def _sort_in(self, piece: Piece) -> None:
        stem = PurePosixPath(piece.original_name).stem
        exercise_id = self._names.find(stem)
        another = self._names.names_another(stem)
        for folder in reversed(piece.folder):
            if exercise_id is None and not another:
                exercise_id, another = self._names.find(folder), self._names.names_another(folder)
        if exercise_id is not None:
            self._named[exercise_id].append(piece)
        elif another:
            self._others.append((piece, another))
        else:
            self._unnamed.append(piece)

    def choose(self, choice: Choice) -> None:
        used: set[int] = set()
        for exercise in self._exercises:
            found = self._named[exercise.id]
            note = ""
            if not found:
                found, note = self._by_content(exercise, used)
            if not found:
                continue
            used.update(id(piece) for piece in found)
            ranked = sorted(found, key=lambda piece: _rank(piece, exercise, is_alone=len(found) == 1))
            counts = ranked[-1]
            notes = [note] if note else _name_note(counts, exercise)
            if len(ranked) > 1:
                others = ", ".join(f"`{piece.file.shown}`" for piece in ranked[-2::-1][:3])
                notes.append(tr("`{name}` counts, not {others}", name=counts.file.shown, others=others))
            choice.handins.append(_handin(counts, exercise, notes))
            choice.earlier += [_handin(piece, exercise, []) for piece in ranked[:-1]]
        self._list_rest(choice, used)

    def _by_content(self, exercise: Exercise, used: set[int]) -> tuple[list[Piece], str]:
        """Return the files that define most of an exercise's entry points, or the only file there is."""
        free = [piece for piece in self._unnamed if id(piece) not in used]
        if len(self._exercises) == 1 and len(free) == 1 and not self._others:  # whatever it defines
            note = tr(
                "`{name}` was taken for {id}: it is the only file", name=free[0].original_name, id=exercise.id
            )
            return free, note
        for candidates in (free, [piece for piece, _ in self._others if id(piece) not in used]):
            counted = [(self._num_defined(piece, exercise), piece) for piece in candidates[:_MAX_READ]]
            most = max((num for num, _ in counted), default=0)
            if most:
                best = [piece for num, piece in counted if num == most]
                note = tr(
                    "`{name}` was taken for {id} by what it defines",
                    name=best[-1].original_name,
                    id=exercise.id,
                )
                return best, note
        return [], ""

    def _num_defined(self, piece: Piece, exercise: Exercise) -> int:
        if piece.file.path is None:
            return 0
        try:
            return len(read_submission(piece.file.path, exercise).entry_points)
        except UsageError:
            return 0

    def _list_rest(self, choice: Choice, used: set[int]) -> None:
        """Note the files that belong to nothing that is graded."""
        for piece in self._unnamed:
            if id(piece) not in used:
                reason = tr("named for no exercise that is graded, and defines nothing of one")
                choice.unread.append(Unread(place=piece.file.shown, reason=reason))
                if not used:
                    self._note_unusable(choice, piece, reason)
        if used:
            return
        for piece, another in self._others:
            reason = tr("named for {another}, which is not graded now", another=another)
            choice.unread.append(Unread(place=piece.file.shown, reason=reason))
        if self._unnamed or self._others:
            return
        for piece in self._pieces[:_MAX_LISTED]:
            refused = self._refused.get(piece.file.shown)
            reason = refused or _no_source(piece)
            if refused is None:
                choice.unread.append(Unread(place=piece.file.shown, reason=reason))
            is_ours = piece.original_name in _OURS or piece.original_name.lower().startswith(_HANDED_OUT)
            if not is_ours:
                self._note_unusable(choice, piece, reason)

    def _note_unusable(self, choice: Choice, piece: Piece, reason: str) -> None:
        """Note that somebody handed in nothing but this for an exercise, if it is plain for which."""
        exercise_id = self._names.find(PurePosixPath(piece.original_name).stem)
        if exercise_id is None and len(self._exercises) == 1:
            exercise_id = self._exercises[0].id
        members = tuple(member.key for member in piece.members)
        known = any(
            (tuple(member.key for member in one.members), one.exercise_id) == (members, exercise_id)
            for one in choice.unusable[-_MAX_LISTED:]
        )
        if exercise_id is not None and not known:
            choice.unusable.append(
                Unusable(
                    members=piece.members,
                    exercise_id=exercise_id,
                    place=piece.file.shown,
                    original_name=piece.original_name,
                    reason=reason,
                    submitted_at=piece.submitted_at,
                )
            )


def _no_source(piece: Piece) -> str:
    if piece.problem:
        return piece.problem
    if piece.original_name in _OURS:
        return tr("handed out, or of a tool: nobody's work")
    if piece.original_name.lower().endswith(_OTHER_ARCHIVES):
        return tr("an archive of a kind that is not unpacked; `.zip` and `.tar.gz` are")
    return tr("neither `.py` nor `.ipynb`")


def _rank(
    piece: Piece, exercise: Exercise, *, is_alone: bool
) -> tuple[bool, tuple[float, ...], int, int, float, bool]:
    """Return what is larger for the file that counts: nobody means the stub, else the latest."""
    stem = PurePosixPath(piece.original_name).stem
    return (
        is_alone or not _is_stub(piece, exercise),
        piece.order,
        -len(piece.folder),
        copy_rank(stem),
        piece.file.modified,
        piece.original_name.lower().endswith(".py"),
    )


def _is_stub(piece: Piece, exercise: Exercise) -> bool:
    """Return whether a file is still as it was handed out."""
    try:
        text = piece.file.path.read_text("utf-8") if piece.file.path else ""
        if piece.original_name.lower().endswith(".ipynb"):
            return is_untouched_notebook(exercise, text)
        return text.strip() == exercise.stub.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return False


def _name_note(piece: Piece, exercise: Exercise) -> list[str]:
    stem = PurePosixPath(piece.original_name).stem.casefold()
    is_flat = len(piece.file.parts) == 1 and stem.startswith(f"{exercise.id.casefold()}_")
    if stem == exercise.id.casefold() or is_flat:
        return []
    return [tr("handed in as `{name}`", name=piece.original_name)]


def _handin(piece: Piece, exercise: Exercise, notes: Sequence[str]) -> Handin:
    if piece.file.path is None:
        raise ValueError("a file that was not unpacked cannot count")
    return Handin(
        members=piece.members,
        exercise_id=exercise.id,
        path=piece.file.path,
        original_name=piece.original_name,
        submitted_at=piece.submitted_at,
        is_late=piece.is_late,
        notes=tuple(notes),
        place=piece.file.shown,
    )


def settled(choice: Choice, order: dict[str, int]) -> Choice:
    """Return the choice with each person in one hand-in of an exercise, and in a stable order.

    Somebody who handed in with two groups is listed; the later hand-in counts for them.
    """
    latest: dict[tuple[str, str], Handin] = {}
    twice: dict[tuple[str, str], None] = {}
    for handin in choice.handins:
        for member in handin.members:
            place = (member.key, handin.exercise_id)
            if place in latest:
                twice[place] = None
                if _moment(handin) < _moment(latest[place]):
                    continue
            latest[place] = handin
    result = Choice(earlier=list(choice.earlier), unread=list(choice.unread))
    for handin in choice.handins:
        members = tuple(one for one in handin.members if latest[one.key, handin.exercise_id] is handin)
        if members:
            result.handins.append(_with_members(handin, members))
        else:
            result.earlier.append(handin)
    for key, exercise_id in twice:
        reason = tr("handed in {id} more than once, with different people; the latest counts", id=exercise_id)
        result.unread.append(Unread(place=key, reason=reason))
    for unusable in choice.unusable:
        left = tuple(one for one in unusable.members if (one.key, unusable.exercise_id) not in latest)
        if left:
            result.unusable.append(replace(unusable, members=left))
    result.handins.sort(key=lambda one: (order.get(one.members[0].key, 0), one.exercise_id))
    return result


def _moment(handin: Handin) -> float:
    return handin.submitted_at.timestamp() if handin.submitted_at else 0.0


def _with_members(handin: Handin, members: tuple[Student, ...]) -> Handin:
    if members == handin.members:
        return handin
    return replace(handin, members=members)
