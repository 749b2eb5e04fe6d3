# goal: leave files, links and changed modes for the next worker: beside numpy, in the library, in every temp folder
# family: next
# expects: 0
# afterwards: files, honest
import os
import sys

import numpy as np

PLACES = [
    os.curdir,
    "/",
    "/tmp",
    "/var/tmp",
    "/dev/shm",
    "/run",
    "/proc/self",
    os.path.expanduser("~"),
    os.path.dirname(np.__file__),
    os.path.dirname(os.__file__),
    os.path.dirname(os.path.dirname(np.__file__)),
    os.path.dirname(sys.executable),
]


def softmax(a):
    os.write(1, b"ARMED\n")
    for place in PLACES:
        path = os.path.join(place, "lab_loot")
        for way in (
            lambda: open(path, "w"),
            lambda: os.mkdir(path),
            lambda: os.symlink("/", path),
            lambda: os.mkfifo(path),
            lambda: os.link(np.__file__, path),
            lambda: os.open(place, os.O_TMPFILE | os.O_RDWR),
        ):
            try:
                way()
                os.write(1, f"ESCAPED: {path}\n".encode())
            except OSError:
                pass
    file = np.__file__  # nothing here does harm where it is allowed
    mode = os.stat(file).st_mode
    for name, way in (
        ("chmod", lambda: os.chmod(file, mode)),
        ("chown", lambda: os.chown(file, -1, -1)),
        ("utime", lambda: os.utime(file)),
        ("open for writing", lambda: os.open(file, os.O_WRONLY)),
        ("rename", lambda: os.rename(file, file)),
        ("unlink", lambda: os.unlink(file + ".nothing")),
        ("truncate", lambda: os.truncate(file + ".nothing", 0)),
        ("setxattr", lambda: os.setxattr(file + ".nothing", "user.x", b"1")),
    ):
        try:
            way()
        except PermissionError:
            continue
        except OSError:
            pass  # there is no such file: the system call itself went through
        os.write(1, f"ESCAPED: {name}\n".encode())
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
