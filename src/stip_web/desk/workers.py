# SPDX-License-Identifier: EUPL-1.2
"""Which process works on something, whether it is still there, and a beat that says so."""

from __future__ import annotations

import os
import socket
import threading
from abc import ABC, abstractmethod
from datetime import timedelta
from types import TracebackType
from typing import Self

from django.db import connection

SILENCE = timedelta(seconds=90)
"""A worker that has said nothing for so long is taken for dead."""

EVERY_SECONDS = 1.0


class Stopped(Exception):
    """The work is not to go on; its row says why."""


class Beat(ABC):
    """Beats from a thread of its own while work goes on, so that a long silent part is no sign of death."""

    def __init__(self, name: str) -> None:
        self._stop, self._over = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._beat, name=name, daemon=True)

    @abstractmethod
    def once(self) -> None:
        """Say that the work goes on; an error of the database is for the next time."""

    def go_on(self) -> None:
        """Ask whether the work is to go on.

        Raises
        ------
        Stopped
            When it is not.
        """
        if self._stop.is_set():
            raise Stopped

    def stop(self) -> None:
        """Have the work end at the next `go_on`."""
        self._stop.set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._over.wait(EVERY_SECONDS):
                self.once()
        finally:
            connection.close()


def this_worker() -> str:
    """Name this process: machine, number, and when the number was given out, since numbers come back."""
    return f"{_machine()}:{os.getpid()}:{_started(os.getpid())}"


def is_gone(worker: str) -> bool:
    """Tell whether a process of this machine is no longer there; of another machine that is not known."""
    host, process, started = (["", "", *worker.rsplit(":", 2)])[-3:]
    return host == _machine() and _started(int(process)) != started


def _machine() -> str:
    """Name where process numbers mean something: a container counts its own, whatever its name."""
    try:
        return f"{socket.gethostname()} {os.readlink('/proc/self/ns/pid').strip('pid:[]')}"
    except OSError:
        return socket.gethostname()


def _started(process: int) -> str:
    """Give when a process began, in ticks since the machine did; empty when none is, or only its name."""
    try:
        with open(f"/proc/{process}/stat", encoding="ascii", errors="replace") as file:
            told = file.read().rpartition(")")[2].split()
        return "" if told[0] == "Z" else told[19]
    except (OSError, IndexError):
        return ""
