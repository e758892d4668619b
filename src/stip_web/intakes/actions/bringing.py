# SPDX-License-Identifier: EUPL-1.2
"""Bringing a file: from here it is known, and its 24 hours begin."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from stip.errors import FileError
from stip.intake import check_received
from stip_web.accounts.permissions import Permission
from stip_web.audit.actions import Action
from stip_web.intakes import quarantine
from stip_web.intakes.headings import incident_agreements
from stip_web.intakes.models import Step, Upload
from stip_web.intakes.models.upload import LIFE
from stip_web.intakes.tasks import begin, sweep_at
from stip_web.workspaces.current import current_workspace


@dataclass
class BringFile(Action[Upload]):
    """Make an upload known, and have it looked at."""

    action = "upload.bring"
    label = "Bestand gebracht"
    permission = Permission.DATA_IMPORT
    received: quarantine.Received = field(kw_only=True)
    received_at: datetime = field(kw_only=True)
    source: str = field(kw_only=True, default="")

    def check(self) -> None:
        """Refuse an empty file, and a moment of receipt that cannot be."""
        if not self.received.size:
            raise FileError("Dit bestand is leeg. Kijk of de uitvoer gelukt is en vraag het opnieuw op.")
        check_received(self.received_at)
        if self.source and self.source not in incident_agreements(current_workspace()):
            raise FileError("Deze bron kent Stip niet. Kies een bron uit de lijst.")

    def change(self) -> Upload:
        """Write it down."""
        now = timezone.now()
        upload = Upload.objects.create(
            pk=self.received.upload,
            source=self.source,
            file_name=self.received.name or "bestand",
            size_bytes=self.received.size or 0,
            brought_by=self.actor,
            # Microseconds of its own: by its moment of receipt a delivery is found back after a crash.
            received_at=self.received_at.replace(microsecond=secrets.randbelow(1_000_000)),
            made_at=now,
            expires_at=now + LIFE,
        )
        self.subject = str(upload.pk)
        # Not the name of the file: somebody's name may stand in it, and a line of the log is never taken out.
        self.details = {"bytes": upload.size_bytes}
        begin(upload, Step.Kind.LOOK)
        sweep_at(upload.expires_at)
        return upload
