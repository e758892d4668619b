# SPDX-License-Identifier: EUPL-1.2
"""Keeps watch over a running step: tells how far it is, and stops it when a person or the clock says so."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from stip.words import number
from stip_web.desk.workers import Beat, Stopped
from stip_web.intakes.models import Step


class Watch(Beat):
    """Beats for a step.

    Parameters
    ----------
    step : Step
        That has just begun to run.
    """

    def __init__(self, step: Step) -> None:
        self.step = step
        self.progress = 0.0
        super().__init__(f"step {step.pk}")

    def told(self, done: float) -> None:
        """Take how far the reading is.

        Raises
        ------
        Stopped
            When the step is not to go on.
        """
        self.progress = done
        self.go_on()

    def saving(self, *_: object) -> None:
        """Pass the point of no return.

        Raises
        ------
        Stopped
            When a person or the clock was earlier.
        """
        if not self.step.move(Step.State.SAVING):
            raise Stopped

    def once(self) -> None:
        """Say how far it is, and see whether a person or the clock stopped it."""
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
            self.stop()


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
