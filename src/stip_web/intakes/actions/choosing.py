# SPDX-License-Identifier: EUPL-1.2
"""Saying which source a file is of and which column is which; next week it is known."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils import timezone

from stip.agreements import Role, load_agreement
from stip.errors import AgreementError, FileError
from stip.intake import also_known
from stip_web.accounts.permissions import Permission
from stip_web.audit.actions import Action
from stip_web.intakes.headings import as_columns
from stip_web.intakes.models import ColumnMapping, Step, Upload
from stip_web.intakes.tasks import begin
from stip_web.workspaces.current import current_workspace

EARLIER = "Iemand anders was u voor: dit bestand is al een stap verder. Kijk hieronder waar het staat."


@dataclass
class ChooseColumns(Action[Step]):
    """Keep which column is which, and have the file checked."""

    action = "upload.columns"
    label = "Kolommen van een bestand gekozen"
    permission = Permission.DATA_IMPORT
    upload: Upload = field(kw_only=True)
    columns: dict[str, dict[str, str]] = field(kw_only=True)

    def check(self) -> None:
        """Refuse a heading that was not offered, and what the agreement does not allow."""
        offered = {told["shown"] for told in self.upload.headings if told["open"] or told["role"]}
        for said in self.columns.values():
            if said["heading"] and said["heading"] not in offered:
                raise AgreementError("Deze kolom kunt u niet kiezen. Kies er een uit de lijst.")
        also_known(load_agreement(current_workspace(), self.upload.source), as_columns(self.columns))

    def change(self) -> Step:
        """Keep the choice for next week, and go on."""
        upload = self.upload
        if upload.state == Upload.State.CHECKED:
            upload.move(Upload.State.MAPPING)
        if not upload.move(Upload.State.CHECKING, columns=self.columns, sentence="", accept_refused=False):
            raise FileError(EARLIER)
        ColumnMapping.objects.update_or_create(
            fingerprint=upload.fingerprint,
            defaults={
                "source": upload.source,
                "columns": self.columns,
                "made_by": self.actor,
                "made_at": timezone.now(),
            },
        )
        self.subject = str(upload.pk)
        self.details = {"roles": sorted(role for role in self.columns if Role(role))}
        return begin(upload, Step.Kind.CHECK)


@dataclass
class ChooseSource(Action[Step]):
    """Say that a file is of another source, and have its headings looked at again."""

    action = "upload.source"
    label = "Bron van een bestand gekozen"
    permission = Permission.DATA_IMPORT
    upload: Upload = field(kw_only=True)
    source: str = field(kw_only=True)

    def check(self) -> None:
        """Refuse a source without an agreement."""
        load_agreement(current_workspace(), self.source)

    def change(self) -> Step:
        """Look at it as this source's."""
        upload = self.upload
        if not upload.move(Upload.State.LOOKING, source=self.source, columns={}, headings=[], sentence=""):
            raise FileError(EARLIER)
        self.subject = str(upload.pk)
        self.details = {"source": self.source}
        return begin(upload, Step.Kind.LOOK)
