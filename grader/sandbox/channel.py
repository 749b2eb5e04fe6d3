"""Frames over a pair of descriptors: who waits for whom, for how long, and what is kept of the output.

Theory of operation. A frame is a fixed prefix (length of header, length of payload) and the two byte strings
of `wire`. The grader waits for a reply with a deadline, drains what the worker prints meanwhile (a full pipe
would stop it) and looks at its memory now and then. `SocketChannel` does so with one `poll` and is used
where workers are forked; `PipeChannel` does it with threads and needs neither sockets nor select.
"""

from __future__ import annotations

import contextlib
import math
import os
import queue
import select
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
_FIRST_PART = 64 * 1024  # most frames are smaller, so that one call receives them
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

    def __bool__(self) -> bool:
        """Whether anything was printed since the last `take`."""
        return bool(self._kept)

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
        self._fd = connection.fileno()
        self._output_fd = output_fd
        self._ahead = bytearray()  # what came behind the frame that was waited for
        self._poll = select.poll()
        connection.setblocking(False)
        self._poll.register(self._fd, select.POLLIN)
        if output_fd is not None:
            os.set_blocking(output_fd, False)
            self._poll.register(output_fd, select.POLLIN)

    def send(self, header: bytes, payload: bytes, *, deadline: float) -> None:
        """Send one frame; a worker that does not read is a worker that does not answer."""
        data = memoryview(frame(header, payload))
        while data:
            try:
                data = data[self._connection.send(data) :]
            except BlockingIOError:
                self._poll.modify(self._fd, select.POLLIN | select.POLLOUT)
                self._wait(deadline)
                self._poll.modify(self._fd, select.POLLIN)
            except OSError as error:
                raise ChannelClosedError from error

    def receive(self, *, deadline: float, watch: Callable[[], None]) -> tuple[bytes, bytearray]:
        """Return the next frame."""
        watched_at = time.monotonic()
        data, self._ahead = self._ahead, bytearray()  # grows with what arrives: an announcement costs nothing
        size, num_header = PREFIX_BYTES, None
        while True:
            if num_header is None and len(data) >= PREFIX_BYTES:
                num_header, num_payload = lengths(data[:PREFIX_BYTES])
                size += num_header + num_payload
            if num_header is not None and len(data) >= size:
                break
            has_come = self._wait(deadline)
            if (now := time.monotonic()) - watched_at >= _POLL_S:
                watch()
                watched_at = now
            if has_come:
                data += self._read(max(_FIRST_PART, size - len(data)))
        self._ahead = data[size:]
        header = bytes(data[PREFIX_BYTES : PREFIX_BYTES + num_header])
        del data[size:]
        del data[: PREFIX_BYTES + num_header]
        return header, data

    def _read(self, most: int) -> bytes:
        try:
            part = self._connection.recv(min(most, _MAX_PART))
        except BlockingIOError:
            return b""
        except OSError as error:
            raise ChannelClosedError from error
        if not part:
            self._drain()
            raise ChannelClosedError
        return part

    def _wait(self, deadline: float) -> bool:
        """Wait for the connection, keeping the output drained; return whether anything happened."""
        left = deadline - time.monotonic()
        if left <= 0:
            self._drain()
            raise DeadlineError
        return self._look(math.ceil(1000 * min(left, _POLL_S)))

    def _look(self, wait_ms: int) -> bool:
        """Return whether anything happened on the connection, and keep what was printed."""
        events = self._poll.poll(wait_ms)
        if any(fd == self._output_fd for fd, _ in events):
            self._drain()
        return any(fd == self._fd for fd, _ in events)

    def _drain(self) -> None:
        if self._output_fd is None:
            return
        for _ in range(_DRAIN_ROUNDS):  # a worker that prints without end does not keep us here
            try:
                data = os.read(self._output_fd, OUTPUT_KEPT_BYTES)
            except OSError:  # nothing there now
                return
            if not data:  # closed: nothing will come, and `poll` would say so for ever
                with contextlib.suppress(KeyError):
                    self._poll.unregister(self._output_fd)
                return
            self.output.add(data)
            if len(data) < OUTPUT_KEPT_BYTES:
                return

    def is_quiet(self) -> bool:
        """Return whether nothing came that nobody asked for, and collect what was printed."""
        if self._ahead:
            return False
        if not self._look(0):
            return True
        try:
            return not self._connection.recv(1, socket.MSG_PEEK)  # its end is no word
        except OSError:
            return True

    def close(self) -> None:
        """Close both descriptors."""
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
