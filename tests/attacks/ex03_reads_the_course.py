# goal: find out from the worker's frames where the course lies, and read suites, solutions and what lies beside them
# family: read
# expects: 0
# afterwards: secrets
import os
import sys


def folders():
    """Return what the jail keeps private, as the worker's own frames tell it, and what lies around."""
    found = []
    frame = sys._getframe()
    while frame is not None:
        setting = frame.f_locals.get("setting")
        if setting is not None and setting.jail is not None:
            found += setting.jail._policy.private
        frame = frame.f_back
    return found


PRIVATE = folders()


def look():
    seen = []
    names = ("test_hidden.py", "ex03.py", "mistakes.py", "test_public.py", "exercise.toml")
    for folder in PRIVATE:
        for inner in ("", "ex03_softmax", "../solutions/ex03_softmax", "../exercises/ex03_softmax", "../.."):
            for name in (*names, "mark.txt", "../mark.txt", ""):
                path = os.path.join(folder, inner, name)
                for way in (os.listdir, lambda path: open(path, "rb").read(), lambda path: os.open(path, os.O_PATH)):
                    try:
                        way(path)
                        seen.append(path)
                    except OSError:
                        pass
    return seen


def softmax(a):
    os.write(1, b"ARMED\n" if PRIVATE else b"no folder found\n")
    for path in look():
        os.write(1, f"ESCAPED: {path}\n".encode())
    raise RuntimeError(f"LOOT {look()[:1]}")


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
