"""Frames over a pair of descriptors: who waits for whom, for how long, and what is kept of the output.

Theory of operation. A frame is a fixed prefix (length of header, length of payload) and the two byte strings
of `wire`. The grader waits for a reply with a deadline, drains what the worker prints meanwhile (a full pipe
would stop it) and looks at its memory now and then. `SocketChannel` does so with one selector and is used
where workers are forked; `PipeChannel` does it with threads and needs neither sockets nor select.
"""

from __future__ import annotations

import contextlib
import os
import queue
import selectors
import socket
import struct
import threading
import time
from collections.abc import Callable
from typing import BinaryIO, Protocol

from grader.sandbox.wire import MAX_HEADER_BYTES, MAX_PAYLOAD_BYTES, WireError

OUTPUT_KEPT_BYTES = 64 * 1024
REQUEST_ID_BYTES = 8  # what a request's and its reply's header begin with
_PREFIX = struct.Struct("<II")
PREFIX_BYTES = _PREFIX.size
_POLL_S = 0.05
_MAX_PART = 1024 * 1024
_MAX_FRAMES_WAITING = 2
_DRAIN_ROUNDS = 16


class ChannelClosedError(Exception):
    """The other side is gone."""


class DeadlineError(Exception):
    """No whole frame came in time."""


class Output:
    """What a worker printed: the first 64 KiB are kept, the rest is counted."""

    def __init__(self) -> None:
        self._kept = bytearray()
        self.num_dropped = 0

    def add(self, data: bytes) -> None:
        """Keep `data` as far as there is room."""
        room = OUTPUT_KEPT_BYTES - len(self._kept)
        self._kept += data[:room]
        self.num_dropped += max(0, len(data) - room)

    def take(self) -> str:
        """Return what was kept since the last call as text, with a note of what was dropped."""
        text = self._kept.decode("utf-8", errors="replace")
        if self.num_dropped:
            text += f"\n… ({self.num_dropped} bytes more)"
        self._kept.clear()
        self.num_dropped = 0
        return text


class Channel(Protocol):
    """The grader's end of the line to one worker."""

    output: Output

    def send(self, header: bytes, payload: bytes, *, deadline: float) -> None:
        """Send one frame before `deadline`, a time of `time.monotonic`."""
        ...

    def receive(self, *, deadline: float, watch: Callable[[], None]) -> tuple[bytes, bytearray]:
        """Return the next frame; call `watch` now and then, also while parts of it arrive."""
        ...

    def is_quiet(self) -> bool:
        """Return whether nothing came that nobody asked for."""
        ...

    def close(self) -> None:
        """Let go of the descriptors."""
        ...


def frame(header: bytes, payload: bytes) -> bytes:
    """Return one frame's bytes."""
    return _PREFIX.pack(len(header), len(payload)) + header + payload


def lengths(prefix: bytes | bytearray) -> tuple[int, int]:
    """Return the lengths that a prefix announces.

    Raises:
        WireError: They are beyond the limits: nothing is allocated for them.
    """
    num_header, num_payload = _PREFIX.unpack(prefix)
    if num_header > MAX_HEADER_BYTES + REQUEST_ID_BYTES or num_payload > MAX_PAYLOAD_BYTES:
        raise WireError(f"A frame announces {num_header} + {num_payload} bytes")
    return num_header, num_payload


class SocketChannel:
    """A channel over a stream socket and the read end of the worker's output pipe, if it has one."""

    def __init__(self, connection: socket.socket, output_fd: int | None = None) -> None:
        self.output = Output()
        self._connection = connection
        self._output_fd = output_fd
        self._selector = selectors.DefaultSelector()
        connection.setblocking(False)
        self._selector.register(connection, selectors.EVENT_READ)
        if output_fd is not None:
            os.set_blocking(output_fd, False)
            self._selector.register(output_fd, selectors.EVENT_READ)

    def send(self, header: bytes, payload: bytes, *, deadline: float) -> None:
        """Send one frame; a worker that does not read is a worker that does not answer."""
        data = memoryview(frame(header, payload))
        while data:
            try:
                data = data[self._connection.send(data) :]
            except BlockingIOError:
                self._selector.modify(self._connection, selectors.EVENT_READ | selectors.EVENT_WRITE)
                self._wait(deadline)
                self._selector.modify(self._connection, selectors.EVENT_READ)
            except OSError as error:
                raise ChannelClosedError from error

    def receive(self, *, deadline: float, watch: Callable[[], None]) -> tuple[bytes, bytearray]:
        """Return the next frame."""
        watched_at = time.monotonic()

        def look() -> None:
            nonlocal watched_at
            now = time.monotonic()
            if now - watched_at >= _POLL_S:
                watch()
                watched_at = now

        num_header, num_payload = lengths(self._read(_PREFIX.size, deadline, look))
        header = bytes(self._read(num_header, deadline, look))
        return header, self._read(num_payload, deadline, look)

    def _read(self, size: int, deadline: float, look: Callable[[], None]) -> bytearray:
        data = bytearray()  # grows with what arrives: an announcement costs nothing
        while len(data) < size:
            try:
                part = self._connection.recv(min(size - len(data), _MAX_PART))
            except BlockingIOError:
                self._wait(deadline)
                look()
                continue
            except OSError as error:
                raise ChannelClosedError from error
            if not part:
                self._drain()
                raise ChannelClosedError
            data += part
        return data

    def _wait(self, deadline: float) -> bool:
        """Wait for the connection, keeping the output drained; return whether anything happened."""
        left = deadline - time.monotonic()
        if left <= 0:
            self._drain()
            raise DeadlineError
        events = self._selector.select(min(left, _POLL_S))
        if any(key.fileobj == self._output_fd for key, _ in events):
            self._drain()
        return any(key.fileobj is self._connection for key, _ in events)

    def _drain(self) -> None:
        if self._output_fd is None:
            return
        for _ in range(_DRAIN_ROUNDS):  # a worker that prints without end does not keep us here
            try:
                data = os.read(self._output_fd, OUTPUT_KEPT_BYTES)
            except OSError:  # nothing there now
                return
            if not data:
                if self._output_fd in self._selector.get_map():
                    self._selector.unregister(self._output_fd)
                return
            self.output.add(data)
            if len(data) < OUTPUT_KEPT_BYTES:
                return

    def is_quiet(self) -> bool:
        """Return whether nothing came that nobody asked for, and collect what was printed."""
        self._drain()
        try:
            return not self._connection.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return True
        except OSError:
            return True

    def close(self) -> None:
        """Close both descriptors."""
        self._selector.close()
        self._connection.close()
        if self._output_fd is not None:
            os.close(self._output_fd)


class PipeChannel:
    """A channel over the pipes of a child process, for platforms without `fork`."""

    def __init__(self, requests: BinaryIO, replies: BinaryIO, printed: BinaryIO) -> None:
        self.output = Output()
        self._requests = requests
        self._is_closed = False
        self._frames: queue.Queue[tuple[bytes, bytearray] | Exception] = queue.Queue(_MAX_FRAMES_WAITING)
        self._reader = threading.Thread(target=self._read_frames, args=(replies,), daemon=True)
        self._printer = threading.Thread(target=self._read_output, args=(printed,), daemon=True)
        self._reader.start()
        self._printer.start()

    def send(self, header: bytes, payload: bytes, *, deadline: float) -> None:
        """Send one frame; the write goes on in a thread, so that its end can be waited for."""
        failures: list[OSError] = []

        def write() -> None:
            try:
                self._requests.write(frame(header, payload))
                self._requests.flush()
            except (OSError, ValueError) as error:
                failures.append(OSError(str(error)))

        writer = threading.Thread(target=write, daemon=True)
        writer.start()
        writer.join(max(0.0, deadline - time.monotonic()))
        if writer.is_alive():
            raise DeadlineError
        if failures:
            raise ChannelClosedError from failures[0]

    def receive(self, *, deadline: float, watch: Callable[[], None]) -> tuple[bytes, bytearray]:
        """Return the next frame."""
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise DeadlineError
            try:
                received = self._frames.get(timeout=min(left, _POLL_S))
            except queue.Empty:
                watch()
                continue
            if isinstance(received, Exception):
                raise received
            return received

    def is_quiet(self) -> bool:
        """Return whether nothing came that nobody asked for."""
        return self._frames.empty()

    def close(self) -> None:
        """Close the request pipe and wait for the threads, which end with the process."""
        with contextlib.suppress(OSError):  # the worker is gone and could not take the rest
            self._requests.close()
        self._is_closed = True
        with contextlib.suppress(queue.Empty):  # a reader that waits for room
            while True:
                self._frames.get_nowait()
        self._reader.join(1.0)
        self._printer.join(1.0)

    def _read_frames(self, replies: BinaryIO) -> None:
        try:
            while not self._is_closed:
                num_header, num_payload = lengths(_read_exactly(replies, _PREFIX.size))
                header = _read_exactly(replies, num_header)
                self._frames.put((header, bytearray(_read_exactly(replies, num_payload))))
        except (ChannelClosedError, WireError) as error:
            self._frames.put(error)
        finally:
            replies.close()

    def _read_output(self, printed: BinaryIO) -> None:
        with printed:
            while data := printed.read1(OUTPUT_KEPT_BYTES):  # type: ignore[attr-defined]
                self.output.add(data)


def _read_exactly(stream: BinaryIO, size: int) -> bytes:
    data = b""
    while len(data) < size:
        try:
            more = stream.read(size - len(data))
        except (OSError, ValueError) as error:
            raise ChannelClosedError from error
        if not more:
            raise ChannelClosedError
        data += more
    return data
