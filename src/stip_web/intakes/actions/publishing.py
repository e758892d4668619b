# SPDX-License-Identifier: EUPL-1.2
"""Publishing a file that was checked, and trying a step again that failed."""

from __future__ import annotations

from dataclasses import dataclass, field

from stip.agreements import tidy_reason
from stip.errors import FileError
from stip_web.accounts.permissions import Permission
from stip_web.audit.actions import Action
from stip_web.intakes.actions.choosing import EARLIER
from stip_web.intakes.models import Step, Upload
from stip_web.intakes.tasks import begin

COUNTED = ("rows", "accepted", "repaired", "refused", "not_ours", "new", "corrected")


@dataclass
class PublishUpload(Action[Step]):
    """Have the rows that are good put in the workspace."""

    action = "upload.publish"
    label = "Bestand laten opslaan"
    permission = Permission.DATA_IMPORT
    upload: Upload = field(kw_only=True)
    read_on: bool = field(kw_only=True, default=False)

    def check(self) -> None:
        """Refuse a file with too many refused rows, unless somebody says why it may."""
        if not self.upload.is_open:
            raise FileError(EARLIER)
        report = self.upload.report
        if not report.get("new") and not report.get("corrected"):
            raise FileError("In dit bestand staat niets nieuws. Er is niets om op te slaan; gooi het weg.")
        if report.get("stopped"):
            if not self.read_on:
                raise FileError(self.upload.sentence)
            self.why = tidy_reason(self.why, FileError)
        else:
            self.why = ""  # nobody was asked for a reason, so none is kept

    def change(self) -> Step:
        """Ask the worker."""
        stopped = bool(self.upload.report.get("stopped"))
        if not self.upload.move(Upload.State.PUBLISHING, published_by=self.actor, accept_refused=stopped):
            raise FileError(EARLIER)
        self.subject = str(self.upload.pk)
        self.details = {name: self.upload.report.get(name) for name in COUNTED}
        return begin(self.upload, Step.Kind.STORE)


@dataclass
class RetryStep(Action[Step]):
    """Do a step again that failed."""

    action = "upload.retry"
    label = "Stap opnieuw begonnen"
    permission = Permission.DATA_IMPORT
    upload: Upload = field(kw_only=True)

    def change(self) -> Step:
        """Ask the worker for the same step."""
        step = self.upload.step
        if not self.upload.is_open or step is None or step.state != Step.State.FAILED:
            raise FileError(EARLIER)
        self.subject = str(self.upload.pk)
        self.details = {"step": step.kind}
        return begin(self.upload, Step.Kind(step.kind))
