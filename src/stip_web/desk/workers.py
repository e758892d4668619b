# SPDX-License-Identifier: EUPL-1.2
"""A beat that says that work goes on, from a thread of its own."""

from __future__ import annotations

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
