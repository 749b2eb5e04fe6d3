"""What a suite's modules hold is put back before every run."""

import sys
from types import ModuleType, SimpleNamespace

from grader.suite.state import SuiteState

SOURCE = """
LIMIT = 3
SEEN = []
ALSO_SEEN = SEEN

class Box:
    size = 1
    parts = {}

def check(number, *, kept=[]):
    kept.append(number)

def with_default(number=[], scale=2):
    number.append(scale)
"""


def test_everything_that_can_change_is_put_back():
    module = ModuleType("a_suite")
    sys.modules["a_suite"] = module
    try:
        exec(SOURCE, module.__dict__)  # noqa: S102 - a suite of our own
        params = {"shape": [2, 3], "rate": 0.1}
        items = [
            SimpleNamespace(module=module, callspec=SimpleNamespace(params=params)),
            SimpleNamespace(module=module),
        ]
        state = SuiteState(items)
        for _ in range(2):
            module.LIMIT = 4
            module.SEEN.append(1)
            module.new_name = 1
            module.Box.size = 9
            module.Box.parts["x"] = 1
            module.with_default()
            params["shape"].append(4)
            params["rate"] = 1
            state.restore()
            assert (module.LIMIT, module.SEEN) == (3, [])
            assert module.ALSO_SEEN is module.SEEN
            assert not hasattr(module, "new_name")
            assert (module.Box.size, module.Box.parts) == (1, {})
            assert module.with_default.__defaults__ == ([], 2)
            assert params == {"shape": [2, 3], "rate": 0.1}
    finally:
        del sys.modules["a_suite"]
