# SPDX-License-Identifier: EUPL-1.2
"""Throwing a file away, and taking a delivery back."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from stip.errors import FileError
from stip.intake import undo
from stip.store import Manifest, Workspace, batches
from stip_web.accounts.permissions import Permission
from stip_web.audit.actions import Action
from stip_web.audit.models import Intent
from stip_web.intakes import quarantine
from stip_web.intakes.actions.choosing import EARLIER
from stip_web.intakes.actions.following import record_if_stored
from stip_web.intakes.models import Upload
from stip_web.workspaces.current import current_workspace


@dataclass
class CancelUpload(Action[None]):
    """Stop with a file and destroy it."""

    action = "upload.cancel"
    label = "Bestand weggegooid"
    permission = Permission.DATA_IMPORT
    upload: Upload = field(kw_only=True)

    def check(self) -> None:
        """Refuse it when its rows are in the workspace already; that is written down then, if it was not yet."""
        step = self.upload.stored_by
        if self.upload.is_open and step is not None and record_if_stored(self.upload, step):
            raise FileError(
                "De meldingen van dit bestand zijn al opgeslagen; weggooien kan niet meer. Draai de levering terug "
                "als u ze niet wilt."
            )

    def change(self) -> None:
        """Stop its step, and destroy it once that is in the database."""
        now = timezone.now()
        if not self.upload.stop_steps(reason="Iemand heeft het bestand weggegooid.", ended_at=now):
            raise FileError(
                "De meldingen worden nu opgeslagen; stoppen kan niet meer. Draai de levering daarna terug."
            )
        said = "Dit bestand is weggegooid en vernietigd. Er is niets van opgeslagen."
        if not self.upload.move(Upload.State.CANCELLED, ended_at=now, sentence=said):
            raise FileError(EARLIER)
        self.subject = str(self.upload.pk)
        transaction.on_commit(lambda: quarantine.destroy(self.upload.pk))


@dataclass
class UndoDelivery(Action[Manifest]):
    """Take a delivery back: what it brought is gone, what it corrected is as before."""

    action = "delivery.undo"
    label = "Levering teruggedraaid"
    permission = Permission.DATA_IMPORT
    batch_id: str = field(kw_only=True)

    def foretell(self) -> None:
        """Say which delivery, and what it held."""
        self._manifest: Manifest = next(
            (one for one in batches(current_workspace()) if one["batch_id"] == self.batch_id), {}
        )
        self.subject = self.batch_id
        self.details = {"source": self._manifest.get("source"), "incidents": self._manifest.get("incidents")}

    def change(self) -> Manifest:
        """Call the upload undone, if there was one."""
        _call_undone(self.batch_id)
        return self._manifest

    def then(self, changed: Manifest) -> Manifest:
        """Take it back in the workspace."""
        return undo(current_workspace(), self.batch_id, reason=self.why)

    @classmethod
    def landed(cls, workspace: Workspace, intent: Intent) -> bool:
        """Look whether the delivery is gone."""
        return intent.subject not in {one["batch_id"] for one in batches(workspace)}

    @classmethod
    def mend(cls, workspace: Workspace, intent: Intent) -> None:
        """Call its upload undone after all."""
        _call_undone(intent.subject)


def _call_undone(batch_id: str) -> None:
    for upload in Upload.objects.filter(batch_id=batch_id, state=Upload.State.PUBLISHED):
        upload.move(Upload.State.UNDONE)
