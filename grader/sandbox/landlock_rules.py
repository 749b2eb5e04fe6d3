"""What a worker may open: the files that Landlock grants, and the ruleset made of them.

Theory of operation. Landlock has no *deny beneath a grant*, and outside a virtual environment
`site-packages`, with the installed course in it, lies beneath the standard library's folder. So that folder
is never granted: each of its entries is, except those that hold installed packages. Shared libraries are
granted one by one. Whatever is granted is compared with what must stay private, links resolved, before a
ruleset is made.
"""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import SandboxError
from grader.language import tr

if TYPE_CHECKING:
    from landlockpy import Ruleset

_PACKAGE_FOLDERS = ("site-packages", "dist-packages")
_SINK = "/dev/null"  # may also be written: `redirect_stdout(open(os.devnull, "w"))`
# A writable or mappable device would be a way out; of these, nothing but bytes can be read.
_HARMLESS_DEVICES = (_SINK, "/dev/random", "/dev/urandom")
_OWN_PROCESS = "/proc/self/"
_LOGGING_ABI = 7  # from which on it can be said that nothing is to be logged
_KERNEL_FOLDERS = ("/dev", "/proc", "/sys")
# What the standard library's extension modules link to, for those that are imported later.
_STDLIB_LIBRARIES = (
    *(
        "libbz2.",
        "libcrypt.",
        "libcrypto.",
        "libexpat.",
        "libffi.",
        "libgcc_s.",
        "libgdbm.",
        "libgdbm_compat.",
    ),
    *("liblzma.", "libm.", "libmpdec.", "libncurses.", "libncursesw.", "libpanel.", "libpanelw."),
    *("libreadline.", "libsqlite3.", "libssl.", "libstdc++.", "libtinfo.", "libuuid.", "libz.", "libzstd."),
)


def why_missing() -> str:
    """Return why this machine has no Landlock, or nothing where it has."""
    try:
        import landlockpy

        version = landlockpy.abi_version()
    except (ImportError, OSError) as error:
        return str(error)
    return "" if version else "the kernel has no Landlock, or it was switched off at boot"


def readable_paths(
    *, packages: Iterable[str], extra_files: Iterable[str], private: Iterable[str]
) -> tuple[str, ...]:
    """Return every file and folder that a worker may read, as far as it is there.

    Args:
        packages: Files and folders of the allowed packages.
        extra_files: Further files that these packages must read.
        private: What must stay unreadable.

    Raises:
        SandboxError: A grant would open something private, a folder of installed packages, or a device.
    """
    sites = _package_folders()
    hidden = tuple(_real(path) for path in private)
    chosen = [*packages, *extra_files]
    for path in chosen:
        _refuse_kernel_file(path)
        _refuse_leak(path, sites=sites, private=hidden)
    found = [*_standard_library(), *_shared_libraries(sites), *_HARMLESS_DEVICES]
    needed = [path for path in found if not _leak(_real(path), sites=sites, private=hidden)]
    # Packages may name folders in their `__path__` that are not there (Keras does).
    return tuple(path for path in dict.fromkeys([*needed, *chosen]) if Path(path).exists())


def is_own_process(path: str) -> bool:
    """Return whether `path` means another file in each process, so that each must grant it itself."""
    return path.startswith(_OWN_PROCESS)


def refuse_private(folder: str, *, private: Iterable[str]) -> None:
    """Raise unless `folder` can be granted.

    Raises:
        SandboxError: It would open something private or a folder of installed packages.
    """
    _refuse_leak(folder, sites=_package_folders(), private=tuple(_real(path) for path in private))


def build_ruleset(readable: Iterable[str], *, scratch: str | None) -> Ruleset:
    """Return the ruleset that opens `readable` for reading and `scratch` for files and folders.

    No TCP or UDP port is opened. Where the kernel has scopes, abstract sockets and signals end at the jail.

    Raises:
        OSError: A grant is not there, or the kernel refused a rule.
    """
    from landlockpy import AccessFS, Ruleset, Scope

    ruleset = Ruleset(scoped=Scope.ABSTRACT_UNIX_SOCKET | Scope.SIGNAL)
    for path in readable:
        access = AccessFS.READ_FILE
        if Path(path).is_dir():
            access |= AccessFS.READ_DIR
        if path == _SINK:
            access |= AccessFS.WRITE_FILE | AccessFS.TRUNCATE
        ruleset.allow_path(path, access)
    if scratch is not None:
        ruleset.allow_path(
            scratch,
            AccessFS.READ_FILE
            | AccessFS.READ_DIR
            | AccessFS.WRITE_FILE
            | AccessFS.TRUNCATE
            | AccessFS.MAKE_REG
            | AccessFS.MAKE_DIR
            | AccessFS.REMOVE_FILE
            | AccessFS.REMOVE_DIR
            | AccessFS.REFER,  # moving from one folder of it to another; links are refused elsewhere
        )
    return ruleset


def restrict(ruleset: Ruleset) -> None:
    """Put `ruleset` on the calling thread; what it refuses is not written to the system's log.

    Raises:
        OSError: The kernel refused it.
    """
    from landlockpy import RestrictFlag

    ruleset.restrict(RestrictFlag.LOG_SAME_EXEC_OFF)
    ruleset.close()


def as_arguments(ruleset: Ruleset) -> tuple[int, int]:
    """Return descriptor and flags with which landlock_restrict_self(2) does what `restrict` does."""
    from landlockpy import RestrictFlag

    has_flag = ruleset.abi_version >= _LOGGING_ABI
    return ruleset.fileno(), int(RestrictFlag.LOG_SAME_EXEC_OFF) if has_flag else 0


# --- what is needed -----------------------------------------------------------------------------------------


def _standard_library() -> Iterator[str]:
    """Yield the entries of the standard library's folders that are part of it."""
    paths = sysconfig.get_paths()
    for folder in dict.fromkeys(_real(paths[name]) for name in ("stdlib", "platstdlib")):
        if Path(folder).is_dir():
            for entry in Path(folder).iterdir():
                if entry.name not in _PACKAGE_FOLDERS:
                    yield str(entry)
    zipped = f"python{sys.version_info.major}{sys.version_info.minor}.zip"
    yield from (entry for entry in sys.path if Path(entry).name == zipped)


def _shared_libraries(sites: Sequence[str]) -> Iterator[str]:
    """Yield the libraries that this process has mapped, and those beside them that Python may load later.

    Those of installed packages are left out: they come with their package, or not at all.
    """
    maps = Path("/proc/self/maps").read_text(encoding="utf-8", errors="surrogateescape")
    paths = dict.fromkeys("/" + line.partition("/")[2] for line in maps.splitlines() if ".so" in line)
    mapped = [path for path in paths if not any(_holds(folder, path) for folder in sites)]
    yield from mapped
    for folder in dict.fromkeys(Path(path).parent for path in mapped):
        for entry in folder.iterdir():
            if entry.name.startswith(_STDLIB_LIBRARIES) and ".so" in entry.name:
                yield str(entry)


def _package_folders() -> tuple[str, ...]:
    """Return the folders that packages are installed into, links resolved."""
    paths = sysconfig.get_paths()
    folders = [
        paths["purelib"],
        paths["platlib"],
        site.getusersitepackages(),
        *site.getsitepackages(),
        *(entry for entry in sys.path if Path(entry).name in _PACKAGE_FOLDERS),
    ]
    return tuple(dict.fromkeys(_real(folder) for folder in folders))


# --- what is refused ----------------------------------------------------------------------------------------


def _real(path: str) -> str:
    return os.path.realpath(path)


def _holds(folder: str, path: str) -> bool:
    """Return whether `path` is `folder` or lies beneath it."""
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _leak(grant: str, *, sites: Sequence[str], private: Sequence[str]) -> str:
    """Return the first path that `grant` would open and must not, or nothing."""
    for path in (*private, *sites):
        if _holds(grant, path):
            return path
    return next((path for path in private if _holds(path, grant)), "")


def _refuse_leak(path: str, *, sites: Sequence[str], private: Sequence[str]) -> None:
    leak = _leak(_real(path), sites=sites, private=private)
    if leak:
        raise SandboxError(
            tr(
                "The jail would open what must stay closed. Expected grants that leave `{leak}` alone. "
                "Received: `{path}`",
                leak=leak,
                path=path,
            ),
            hint=tr("Install the allowed packages and the course in different folders"),
        )


def _refuse_kernel_file(path: str) -> None:
    """Raise for a file through which more could be reached than its bytes."""
    plain = os.path.normpath(path)
    if _real(path).startswith(_KERNEL_FOLDERS) and not (
        plain in _HARMLESS_DEVICES or plain.startswith(_OWN_PROCESS)
    ):
        raise SandboxError(
            tr(
                "The jail opens no such file of the kernel. Expected `/proc/self/…` or one of {devices}. "
                "Received: `{path}`",
                devices=", ".join(_HARMLESS_DEVICES),
                path=path,
            )
        )
