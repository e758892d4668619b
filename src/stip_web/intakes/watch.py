# SPDX-License-Identifier: EUPL-1.2
"""Keeps watch over a running step: tells how far it is, and stops it when a person or the clock says so."""

from __future__ import annotations

import os
import socket
import threading
from datetime import timedelta
from types import TracebackType

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from stip.words import number
from stip_web.intakes.models import Step

_EVERY_SECONDS = 1.0


class Stopped(Exception):
    """The step is not to go on; its row says why."""


def this_worker() -> str:
    """Name this process: machine, number, and when the number was given out, since numbers come back."""
    return f"{_machine()}:{os.getpid()}:{_started(os.getpid())}"


def is_gone(worker: str) -> bool:
    """Tell whether a process of this machine is no longer there; of another machine that is not known."""
    host, process, started = (["", "", *worker.rsplit(":", 2)])[-3:]
    return host == _machine() and _started(int(process)) != started


class Watch:
    """Beats for a step from a thread of its own, so that a long silent part is no sign of death.

    Parameters
    ----------
    step : Step
        That has just begun to run.
    """

    def __init__(self, step: Step) -> None:
        self.step = step
        self.progress = 0.0
        self._stop, self._over = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"step {step.pk}", daemon=True)

    def told(self, done: float) -> None:
        """Take how far the reading is.

        Raises
        ------
        Stopped
            When the step is not to go on.
        """
        self.progress = done
        if self._stop.is_set():
            raise Stopped

    def saving(self, *_: object) -> None:
        """Pass the point of no return.

        Raises
        ------
        Stopped
            When a person or the clock was earlier.
        """
        if not self.step.move(Step.State.SAVING):
            raise Stopped

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._over.wait(_EVERY_SECONDS):
                self._once()
        finally:
            connection.close()

    def _once(self) -> None:
        now = timezone.now()
        rows = Step.objects.filter(pk=self.step.pk, state__in=(Step.State.RUNNING, Step.State.SAVING))
        try:
            alive = rows.update(beat_at=now, progress=self.progress)
            if alive and self.step.ends_before is not None and now > self.step.ends_before:
                reason = too_long()
                rows.filter(state=Step.State.RUNNING).update(state=Step.State.FAILED, reason=reason, ended_at=now)
                alive = rows.filter(state=Step.State.SAVING).exists()
        except DatabaseError:  # busy: the next beat tries again
            return
        if not alive:
            self._stop.set()


def too_long() -> str:
    """Say that a step took too long."""
    minutes = number(settings.STIP_STEP_MINUTES, 0 if float(settings.STIP_STEP_MINUTES).is_integer() else 1)
    return (
        f"Dit duurde langer dan {minutes} minuten en is gestopt. Er is niets opgeslagen. Probeer het nog eens op een "
        "rustig moment, of lever het bestand in delen aan."
    )


def limit() -> timedelta:
    """Give how long a step may take."""
    return timedelta(minutes=float(settings.STIP_STEP_MINUTES))


def _machine() -> str:
    """Name where process numbers mean something: a container counts its own, whatever its name."""
    try:
        return f"{socket.gethostname()} {os.readlink('/proc/self/ns/pid').strip('pid:[]')}"
    except OSError:
        return socket.gethostname()


def _started(process: int) -> str:
    """Give when a process began, in ticks since the machine did; empty when there is none."""
    try:
        with open(f"/proc/{process}/stat", encoding="ascii", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
