"""No secret lies where a submission could read it: the whole memory of its process is searched, from outside."""

import os
import re
from pathlib import Path

import pytest

from grader.attacks.ground import open_ground
from grader.course import find_course
from grader.grading import Settings, open_grader
from grader.sandbox.start import can_fork
from grader.submission import read_submission

needs_linux = pytest.mark.skipif(not can_fork(), reason="untrusted code is graded on Linux only")


def memory_of(pid):
    """Yield the contents of every readable part of a process's memory."""
    maps = Path(f"/proc/{pid}/maps").read_text("utf-8", errors="replace")
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in maps.splitlines():
            found = re.match(r"([0-9a-f]+)-([0-9a-f]+) r", line)
            if found is None or line.endswith(("[vvar]", "[vsyscall]", "[vvar_vclock]")):
                continue
            start, end = (int(number, 16) for number in found.groups())
            try:
                memory.seek(start)
                yield memory.read(end - start)
            except OSError:  # reserved and never filled
                continue


def found_in(pid, words):
    seen, num_bytes = set(), 0
    for part in memory_of(pid):
        num_bytes += len(part)
        seen |= {word for word in words if word.encode() in part or word.encode("utf-16-le") in part}
    assert num_bytes > 10 * 2**20  # the search itself works
    return seen


@needs_linux
@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="reading another process's memory needs root"
)
@pytest.mark.parametrize("exercise_id", ["ex03", "ex05"])
def test_no_secret_lies_in_a_workers_memory(exercise_id, tmp_path):
    """Suite, solution, another submission, files beside them, the environment; and expected values."""
    with open_ground(find_course(None, {}), frozenset({exercise_id})) as ground:
        exercise = ground.exercise(exercise_id)
        honest = read_submission(ground.honest(exercise), exercise)
        path = tmp_path / f"{exercise_id}.py"
        own = "a-mark-of-its-own-5c1f"
        path.write_text(
            "\n".join(f"def {name}(*args, **kwargs): return None" for name in exercise.names)
            + f"\nOWN = '{own}'\n"
        )
        words = {*ground.marks.values(), "requires(", "@points", "mistake(", own}
        seen = []

        def drive(grader):
            assert grader.grade(honest).all_passed
            submission = read_submission(path, exercise)
            grade_case = grader.suite.run

            def run(subject, **how):
                runs = grade_case(
                    subject, **how
                )  # every case has been asked: what is there now is all there is
                seen.append(found_in(subject.session._worker.pid, words))
                return runs

            grader.suite.run = run
            grader.grade(submission)
            # The worker's parent, from which the next one is forked.
            seen.append(found_in(grader._launcher._process.pid, words))

        open_grader(exercise, settings=Settings(diagnose=False), drive=drive)
    assert seen == [{own}, set()]
