# goal: lock the library's own files, so that the next submission waits for them
# family: next
# expects: 0
# afterwards: time, honest
import fcntl
import os

import numpy as np


def softmax(a):
    os.write(1, b"ARMED\n")
    for path in (np.__file__, os.__file__, "/dev/null", "/dev/urandom"):
        with open(path, "rb") as file:
            for name, way in (
                ("flock", lambda: fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)),
                ("lockf", lambda: fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)),
                ("lease", lambda: fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)),
                ("notify", lambda: fcntl.fcntl(file, fcntl.F_NOTIFY, fcntl.DN_MODIFY)),
            ):
                try:
                    way()
                    os.write(1, f"ESCAPED: {name} of {path}\n".encode())
                except OSError:
                    pass
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
