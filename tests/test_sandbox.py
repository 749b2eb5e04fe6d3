"""Sessions with real workers: values, limits, crashes and broken protocols."""

import os
import time

import numpy as np
import pytest

from grader.errors import SandboxError
from grader.sandbox.dispatch import Operation, Raised
from grader.sandbox.host import CaseOverError
from grader.sandbox.launch import WorkerPolicy, open_launcher
from grader.sandbox.outcomes import Returned, parse_outcomes
from grader.sandbox.proxy import ModuleProxy, Remote, SubmissionRaisedError
from grader.sandbox.requests import Frame
from grader.sandbox.start import can_fork, start_parent
from grader.sandbox.watch import look_at
from grader.sandbox.wire import Reference, WireError, decode, encode
from grader.verdicts import Verdict

needs_fork = pytest.mark.skipif(not can_fork(), reason="workers are forked on Linux only")


def proxy_of(session):
    return ModuleProxy(session, lambda name: name)


def fault_of(session, call):
    with pytest.raises(CaseOverError) as caught:
        call()
    assert session.end_case() is caught.value
    return caught.value


# --- ordinary work, with and without fork ----------------------------------------------------------------------

WORK = """
    import numpy as np

    class Cell:
        def __init__(self, w):
            self.w = w
            self.params = {"W": np.zeros((2, 2))}
            self.grads = [w * 2, w * 3]

        def forward(self, x):
            return x @ self.w

    def f(x):
        print("seen", x)
        return x * 2

    def add_one(x):
        x += 1
        return x

    def fails():
        raise ValueError("not like this")

    def count(n):
        for i in range(n):
            yield np.full(2, i)

    def draw(rng):
        return rng.normal(size=3)

    def reads_input():
        return input()

    def environment():
        import os
        return dict(os.environ)
"""


@pytest.mark.parametrize("fork", [pytest.param(True, marks=needs_fork), False], ids=["fork", "process"])
class TestWork:
    def test_values_come_back(self, open_session, fork):
        session = open_session(WORK, fork=fork)
        submission = proxy_of(session)
        assert submission.f(np.arange(3)).tolist() == [0, 2, 4]
        assert submission.f("ab") == "abab"
        for _ in range(100):  # without fork a thread reads the output: it may come after the answer
            session.end_case()
            if session.output.endswith("ab\n"):
                break
            time.sleep(0.02)
        assert session.output == "seen [0 1 2]\nseen ab\n"

    def test_arguments_changed_in_place_are_told(self, open_session, fork):
        submission = proxy_of(open_session(WORK, fork=fork))
        x = np.arange(3)
        assert submission.add_one(x).tolist() == [1, 2, 3]
        assert x.tolist() == [0, 1, 2]
        assert submission.calls[-1].changed[0].tolist() == [1, 2, 3]

    def test_objects_stay_in_the_worker(self, open_session, fork):
        submission = proxy_of(open_session(WORK, fork=fork))
        cell = submission.Cell(np.eye(2))
        assert isinstance(cell, Remote)
        assert cell.forward(np.ones((1, 2))).tolist() == [[1.0, 1.0]]
        cell.params["W"][0, 1] = 5
        assert submission.value(cell.params["W"]).tolist() == [[0, 5], [0, 0]]
        cell.params["W"][...] = 1.0
        cell.params["W"][:, 1] = 7.0
        assert submission.value(cell.params["W"]).tolist() == [[1, 7], [1, 7]]
        cell.w = np.full((2, 2), 3.0)
        assert np.asarray(cell.w).sum() == 12
        grads = submission.ref(cell, "grads")
        assert submission.same(grads, cell.grads)
        assert grads == cell.grads
        assert not submission.same(cell.w, grads[0])
        assert len(cell.grads) == 2
        assert [g.shape for g in cell.grads] == [(2, 2), (2, 2)]
        with pytest.raises(TypeError):
            bool(cell)
        with pytest.raises(TypeError):
            cell.w == 3  # noqa: B015

    def test_generators_are_stepped(self, open_session, fork):
        submission = proxy_of(open_session(WORK, fork=fork))
        assert [value.tolist() for value in submission.count(3)] == [[0, 0], [1, 1], [2, 2]]

    def test_functions_of_the_author(self, open_session, fork):
        submission = proxy_of(open_session(WORK, fork=fork))
        cell = submission.Cell(np.eye(2))
        loss = submission.define("lambda x: float(np.sum(net.forward(x)) * k)", net=cell, k=2)
        assert loss(np.ones((1, 2))) == 4.0
        assert submission.map(loss, [(np.full((1, 2), i),) for i in range(300)])[7] == 28.0

    def test_a_look_at_objects_is_one_request_and_no_call(self, open_session, fork):
        submission = proxy_of(open_session(WORK, fork=fork))
        cell = submission.Cell(np.eye(2))
        num_calls = len(submission.calls)
        look = "[type(cell).__name__, float(np.sum(cell.w)) * k, callable(make)]"
        assert submission.evaluate(look, cell=cell, k=2, make=submission.Cell) == ["Cell", 4.0, True]
        assert submission.same(submission.evaluate("cell", cell=cell), cell)
        assert len(submission.calls) == num_calls
        with pytest.raises(AttributeError):
            submission.evaluate("cell.nothing", cell=cell)

    def test_exceptions_keep_their_kind_and_place(self, open_session, fork):
        submission = proxy_of(open_session(WORK, fork=fork))
        with pytest.raises(ValueError, match="not like this") as caught:
            submission.fails()
        assert isinstance(caught.value, SubmissionRaisedError)
        raised = caught.value.raised
        assert raised.type_names == ("ValueError", "Exception")
        assert [name for _, name in raised.frames] == ["fails"]

    def test_standard_input_is_closed_and_the_environment_empty(self, open_session, fork):
        submission = proxy_of(open_session(WORK, fork=fork))
        with pytest.raises(EOFError):
            submission.reads_input()
        assert submission.environment() == {}

    def test_endless_loop_that_swallows_everything(self, open_session, fork):
        source = """
            import signal, time
            for number in range(1, 64):
                try:
                    signal.signal(number, signal.SIG_IGN)
                except (OSError, ValueError):
                    pass
            def f():
                while True:
                    try:
                        time.sleep(0.01)
                    except BaseException:
                        pass
            def g():
                return 1
        """
        session = open_session(source, fork=fork, case_s=0.3)
        started = time.monotonic()
        fault = fault_of(session, proxy_of(session).f)
        assert fault.verdict is Verdict.TIME_LIMIT
        assert time.monotonic() - started < 10
        session.begin_case()
        assert proxy_of(session).g() == 1

    def test_leaving_is_a_runtime_error(self, open_session, fork):
        session = open_session("import os\ndef f():\n    os._exit(0)\n", fork=fork)
        fault = fault_of(session, proxy_of(session).f)
        assert fault.verdict is Verdict.RUNTIME_ERROR
        assert "exit status 0" in fault.message

    def test_warnings_name_the_learners_line_and_no_path_in_a_library(self, open_session, fork):
        session = open_session(
            """
            import inspect, warnings
            import numpy as np

            def f():
                warnings.warn("mine")
                warnings.warn_explicit("theirs", UserWarning, "/some/where/library.py", 3)
                return inspect.getsource(f).splitlines()[0]
            """,
            fork=fork,
        )
        session.begin_case()
        assert proxy_of(session).f() == "def f():"
        deadline = time.monotonic() + 5
        session.end_case()
        while session.output.count("\n") < 2 and time.monotonic() < deadline:
            time.sleep(0.01)  # without fork a thread reads what was printed
            session.end_case()
        first, second = session.output.splitlines()
        assert first.endswith(".py:6: UserWarning: mine")
        assert second == "UserWarning: theirs"

    def test_much_output_neither_blocks_nor_stays(self, open_session, fork):
        session = open_session(
            "def f():\n    for _ in range(300):\n        print('x' * 9999)\n    return 1\n",
            fork=fork,
            case_s=20,
        )
        assert proxy_of(session).f() == 1
        session.end_case()
        assert len(session.output) < 70_000
        assert "bytes more" in session.output


# --- limits and faults -----------------------------------------------------------------------------------------


def test_a_fault_is_sticky_for_its_case_only(open_session):
    session = open_session("import os\ndef f():\n    os._exit(3)\ndef g():\n    return 5\n")
    fault_of(session, proxy_of(session).f)
    with pytest.raises(CaseOverError):
        proxy_of(session).g()
    session.begin_case()
    assert proxy_of(session).g() == 5


@needs_fork
def test_segmentation_fault(open_session):
    session = open_session("import ctypes\ndef f():\n    ctypes.string_at(0)\n")
    assert "SIGSEGV" in fault_of(session, proxy_of(session).f).message


@needs_fork
def test_memory_limit(open_session):
    source = "import numpy as np\ndef f():\n    return [np.ones(10**7) for _ in range(100)]\n"
    session = open_session(source, memory_mib=200, case_s=10)
    try:
        proxy_of(session).f()
    except SubmissionRaisedError as error:
        assert "MemoryError" in error.raised.type_names
    except CaseOverError as error:
        assert error.verdict is Verdict.MEMORY_LIMIT


@needs_fork
def test_many_threads_are_a_memory_limit(open_session):
    source = """
        import threading, time
        def f():
            threading.stack_size(32768)
            for _ in range(300):
                threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
            time.sleep(60)
    """
    session = open_session(source, case_s=10)
    assert fault_of(session, proxy_of(session).f).verdict is Verdict.MEMORY_LIMIT


def test_a_submission_that_cannot_be_loaded_is_not_started_for_every_case(open_session):
    session = open_session("while True:\n    pass\n", case_s=0.3)
    for _ in range(3):
        started = time.monotonic()
        session.begin_case()
        with pytest.raises(CaseOverError):
            session.load()
    assert time.monotonic() - started < 0.2


def test_the_whole_submission_has_a_limit_too(open_session):
    session = open_session("import time\ndef f():\n    time.sleep(0.3)\n", case_s=0.5, submission_s=0.5)
    proxy_of(session).f()
    session.end_case()
    session.begin_case()
    assert "All cases together" in fault_of(session, proxy_of(session).f).message
    session.begin_case()
    with pytest.raises(CaseOverError):
        proxy_of(session).f()


def test_what_was_defined_before_an_exception_is_kept(open_session):
    session = open_session("def f():\n    return 1\nraise RuntimeError('plotting')\n")
    assert proxy_of(session).f() == 1
    assert session.load_error.type_names[0] == "RuntimeError"
    assert session.load_error.frames == ((3, "<module>"),)
    assert session.names == {"f": "f"}


# --- a worker that does not keep to the protocol -----------------------------------------------------------------


def speaking(code):
    """Return a submission whose `f` writes `code`'s bytes on the wire instead of answering."""
    return f"""
        import os, struct, threading, time
        import numpy as np
        FD = 3
        def frame(header, payload=b""):
            return struct.pack("<II", len(header), len(payload)) + header + payload
        def f():
            {code}
        def g():
            return 1
    """


@needs_fork
@pytest.mark.parametrize(
    "code",
    [
        "os.write(FD, frame(b'12345678' + b'\\x91\\x93\\xa5value\\x01\\x80'))",
        "os.write(FD, b'\\xff' * 8)",
        "os.write(FD, struct.pack('<II', 2**31, 2**31))",
        "os.write(FD, frame(b''))",
        "os.write(FD, frame(b'\\x00' * 8 + b'\\xdd\\xff\\xff\\xff\\xff'))",
        "os.close(FD)",
        "os.write(FD, b'x')",
    ],
)
def test_speaking_the_protocol_by_hand_fails_the_case(open_session, code):
    session = open_session(speaking(code), case_s=0.5)
    fault = fault_of(session, proxy_of(session).f)
    assert fault.verdict in (Verdict.RUNTIME_ERROR, Verdict.TIME_LIMIT)
    session.begin_case()
    assert proxy_of(session).g() == 1


@needs_fork
def test_a_reply_that_nobody_asked_for_fails_the_case(open_session):
    source = """
        import os, threading, time
        def later():
            time.sleep(0.1)
            os.write(3, b"\\x08\\0\\0\\0\\0\\0\\0\\0" + b"12345678")
        def f():
            threading.Thread(target=later, daemon=True).start()
            return 1
    """
    session = open_session(source)
    assert proxy_of(session).f() == 1
    time.sleep(0.3)
    fault = session.end_case()
    assert fault.verdict is Verdict.RUNTIME_ERROR


@pytest.mark.parametrize(
    "value",
    [
        None, [], {}, [1], [["value"]], [["value", 1, 2]], [["value", 1, {2.5: 1}]], [["raised", [], "m", []]],
        [["raised", [1], "m", []]], [["raised", ["E"], 1, []]], [["raised", ["E"], "m", [[1]]]],
        [["raised", ["E"], "m", []], ["value", 1, {}]], [["value", 1, {}]] * 3, [["other", 1, {}]],
        [[np.zeros((0, 3)), 1, {}]], [[np.ones(2), np.ones(2), np.ones(2)]], [["raised", np.ones(2), "m", []]],
    ],
)  # fmt: skip
def test_outcomes_are_read_strictly(value):
    with pytest.raises(WireError):
        parse_outcomes(value, num_expected=2)


def test_outcomes_that_are_right():
    assert parse_outcomes([["value", 1, {0: 2}]], num_expected=1) == [Returned(1, {0: 2})]
    raised = parse_outcomes([["raised", ["E", "Exception"], "m", [[3, "f"]]]], num_expected=4)
    assert raised == [Raised(("E", "Exception"), "m", ((3, "f"),))]


def test_a_handle_that_was_never_given_is_the_submissions_error(open_session):
    session = open_session("def f():\n    return 1\n")
    outcome = session.request([[Operation.GET, Reference(12345)]])[0]
    assert isinstance(outcome, Raised)


def test_global_random_numbers_do_not_depend_on_earlier_cases(open_session):
    draws = "random.random(), np.random.rand(), np.random.default_rng().random()"
    source = f"import random\nimport numpy as np\ndef f():\n    return {draws}\n"
    session = open_session(source)
    drawn = []
    for seed in (1, 2, 1):
        session.begin_case(seed)
        drawn.append(proxy_of(session).f())
        session.end_case()
    assert drawn[0] == drawn[2] != drawn[1]


def test_handles_of_an_earlier_case_are_gone(open_session):
    session = open_session("class A:\n    pass\ndef f():\n    return A()\n")
    old = proxy_of(session).f()
    session.end_case()
    session.begin_case()
    with pytest.raises(LookupError):
        proxy_of(session).value(old.x)


@needs_fork
def test_workers_that_are_started_later_have_what_their_parent_keeps(open_session):
    session = open_session("def f(x):\n    x += 1\n    return x\n")

    def together(*numbers):
        requests = [[[Operation.CALL, Reference("f"), [np.array([number])], {}]] for number in numbers]
        return Frame(*encode([[Operation.TOGETHER, requests]]), 0, 1)

    def answers(asked, num):
        replies = session.split(session.ask_together(asked, is_first=True), num)
        return [decode(reply.header, reply.payload)[0][1].tolist() for reply in replies]

    first, *others = [together(number, number + 1) for number in range(0, 60, 10)]
    session.load()
    assert answers(first, 2) == [[1], [2]]
    assert session._worker.kept == {}  # it goes on with what it has
    for frame in others:
        answers(frame, 2)
    for _ in range(2):
        session.restart()
        session.load()
        assert list(session._worker.kept) == [first, *others[:3]]  # a few are enough
        assert max(len(frame.header) for frame in session._worker.kept.values()) < 16
        # The second time it is sent: what the worker changed in place is no input any more.
        for _ in range(2):
            assert answers(first, 2) == [[1], [2]]
        assert answers(others[-1], 2) == [[51], [52]]


@needs_fork
@pytest.mark.parametrize("name", ["numpy.arange", "numpy.pad", "numpy.sum", "numpy.array"])
def test_a_parent_that_warms_up_bears_that_functions_are_forbidden(open_session, name):
    session = open_session("def f():\n    return 1\n", many=True, forbidden=(name,))
    assert proxy_of(session).f() == 1


@needs_fork
def test_a_worker_leaves_nothing_to_the_next_in_its_standard_input(open_session):
    session = open_session("""
        import fcntl, os

        def flags():
            return fcntl.fcntl(0, fcntl.F_GETFL)

        def f():
            fcntl.fcntl(0, fcntl.F_SETFL, os.O_APPEND | os.O_NONBLOCK)
    """)
    before = proxy_of(session).flags()
    proxy_of(session).f()
    assert proxy_of(session).flags() != before
    session.restart()
    session.begin_case()
    assert proxy_of(session).flags() == before


@needs_fork
@pytest.mark.parametrize(
    "draw",
    [
        "NormalDist(0, 1).samples(3)",
        "np.random.normal(size=3).tolist()",
        "sys.modules['ran' 'dom'].gauss(0, 1)",
    ],
    ids=["statistics", "numpy", "in a way that nobody foresees"],
)
def test_what_is_drawn_while_loading_is_the_same_in_every_worker_of_every_parent(open_session, draw):
    source = f"""
        import sys
        import numpy as np
        from statistics import NormalDist as D

        W = {draw.replace("NormalDist", "D")}

        def f():
            return W
    """
    assert proxy_of(open_session(source)).f() == proxy_of(open_session(source)).f()


# --- our own faults --------------------------------------------------------------------------------------------


@needs_fork
def test_a_package_that_is_missing_is_our_fault():
    launcher = open_launcher(WorkerPolicy(allowed=("no_such_package",), jail=False), start_parent())
    try:
        with pytest.raises(SandboxError, match="no_such_package"):
            launcher.launch()
    finally:
        launcher.close()


@needs_fork
def test_a_worker_parent_that_died_is_our_fault():
    started = start_parent()
    launcher = open_launcher(WorkerPolicy(allowed=("numpy",), jail=False), started)
    try:
        launcher.launch().end()
        os.kill(started.process.pid, 9)
        started.process.wait()
        with pytest.raises(SandboxError):
            launcher.launch()
    finally:
        launcher.close()


@needs_fork
def test_workers_die_with_their_grader():
    started = start_parent()
    launcher = open_launcher(WorkerPolicy(allowed=("numpy",), jail=can_fork()), started)
    worker = launcher.launch()
    launcher.close()
    worker.channel.close()
    for _ in range(100):
        try:
            os.kill(worker.pid, 0)
        except ProcessLookupError:
            break
        time.sleep(0.05)
    with pytest.raises(ProcessLookupError):
        os.kill(worker.pid, 0)


# --- what a hostile worker may try ------------------------------------------------------------------------------

TAKEN_OVER = """
    import os, sys, struct

    frame = sys._getframe()
    while "workspace" not in frame.f_locals:
        frame = frame.f_back
    WORKER = frame
    WORKSPACE = frame.f_locals["workspace"]
    HONEST = WORKSPACE.answer
    ENCODE = WORKER.f_globals["encode"]

    def f(x):
        return x
"""


@needs_fork
def test_a_submission_without_an_end_is_not_waited_for_in_every_case(open_session):
    session = open_session("def f(x):\n    while True: pass", case_s=0.2)
    submission = proxy_of(session)
    for number in range(5):
        session.begin_case()
        started = time.monotonic()
        fault = fault_of(session, lambda: submission.f(1))
        assert fault.verdict is Verdict.TIME_LIMIT
        assert ("Not run" in fault.message) == (number >= 3)
        assert number < 3 or time.monotonic() - started < 0.1


@needs_fork
def test_the_preparation_of_a_case_that_raises_is_the_submissions_fault(open_session):
    session = open_session("import numpy\nnumpy.random.seed = None\ndef f(x): return x")
    assert "could not begin" in fault_of(session, lambda: proxy_of(session).f(1)).message


@needs_fork
def test_names_that_are_no_names_are_not_defined(open_session):
    session = open_session(
        TAKEN_OVER
        + """
    import numpy as np

    def answer(operations):
        if operations[-1][0] == "has":
            return ENCODE([["value", [np.ones(3), "f", 3], {}]])
        return HONEST(operations)

    WORKSPACE.answer = answer
"""
    )
    assert proxy_of(session).f(2) == 2
    assert session.names == {"f": "f"}


@needs_fork
def test_all_answers_together_are_bounded(open_session):
    session = open_session("import numpy as np\ndef f(x): return np.zeros(30 * 2**20, dtype=np.uint8)")
    submission = proxy_of(session)
    for _ in range(4):
        submission.f(1)
    assert fault_of(session, lambda: submission.f(1)).verdict is Verdict.MEMORY_LIMIT
    session.begin_case()
    assert fault_of(session, lambda: submission.f(1)).verdict is Verdict.MEMORY_LIMIT


@needs_fork
def test_an_exceptions_words_are_cut_also_where_the_worker_does_not(open_session):
    session = open_session(
        TAKEN_OVER
        + """
    def answer(operations):
        if operations[-1][0] != "call":
            return HONEST(operations)
        frames = [[3, "n" * 1000]] * 100
        return ENCODE([["value", None, {}], ["raised", ["E" * 1000] * 50, "m" * 10**5, frames]])

    WORKSPACE.answer = answer
"""
    )
    with pytest.raises(SubmissionRaisedError) as caught:
        proxy_of(session).f(1)
    raised = caught.value.raised
    assert (len(raised.type_names), len(raised.type_names[0]), len(raised.message)) == (20, 100, 2000)
    assert (len(raised.frames), len(raised.frames[0][1])) == (8, 100)


@needs_fork
@pytest.mark.parametrize("name", ["x\\nVmRSS: 1 kB", "x) S 1 1 (", "\\xff\\xfe"])
def test_a_workers_name_says_nothing_about_its_memory(open_session, name):
    session = open_session(
        f"""
        import ctypes, time

        def f(x):
            ctypes.CDLL(None).prctl(15, b"{name}", 0, 0, 0)
            kept = bytearray(x)
            kept[::4096] = b"1" * len(kept[::4096])
            time.sleep(0.2)
            return len(kept)
        """
    )
    assert proxy_of(session).f(2**20) == 2**20
    assert look_at(session._worker.pid).num_threads == 1
    assert look_at(session._worker.pid).resident_mib > 5


@needs_fork
def test_memory_is_seen_behind_a_dripping_reply(open_session):
    session = open_session(
        """
        import ctypes, os, struct, threading, time

        libc = ctypes.CDLL(None)
        libc.mmap.restype = ctypes.c_void_p
        libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
        libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
        libc.memset.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]

        def f(x):
            os.write(3, struct.pack("<II", 1000, 2**25))
            for _ in range(40):
                place = libc.mmap(None, 2**24, 3, 0x22, -1, 0)
                libc.memset(place, 1, 2**24)
                libc.mprotect(place, 2**24, 1)  # read-only: no limit of the system counts it any more
                for _ in range(10):
                    os.write(3, b"0")
                    time.sleep(0.002)
            time.sleep(5)
        """,
        memory_mib=200,
    )
    assert fault_of(session, lambda: proxy_of(session).f(1)).verdict is Verdict.MEMORY_LIMIT


def test_a_process_that_is_gone_shows_nothing():
    assert look_at(2**22 + 1) is None
