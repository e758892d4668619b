# SPDX-License-Identifier: EUPL-1.2
"""What the gate did, and when: rows and columns refused, places coarsened, files destroyed. Counts and names only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from stip.agreements import Agreement, agreements_of
from stip.agreements import retention_runs as done
from stip.intake import REFUSED
from stip.store import Manifest, Workspace, batches
from stip_web.intakes.models import Upload

_RULES = {rule.code: rule.what for rule in REFUSED}
_ENDED = {
    Upload.State.PUBLISHED: "na het opslaan",
    Upload.State.UNDONE: "na het opslaan; de levering is later teruggedraaid",
    Upload.State.REFUSED: "omdat het niet te lezen was",
    Upload.State.CANCELLED: "omdat iemand het weggooide",
    Upload.State.EXPIRED: "na 24 uur",
}
DELIVERIES = {
    "received_at": "Ontvangen",
    "title": "Bron",
    "batch_id": "Levering",
    "rows": "Rijen",
    "refused": "Rijen geweigerd",
    "why": "Waarom geweigerd",
    "dropped": "Kolommen weggelaten",
    "coarsened": "Plekken grover gemaakt",
    "precision_m": "Tot op (m)",
}


def deliveries_of(workspace: Workspace) -> list[dict[str, Any]]:
    """Give what the gate did with each delivery that is in the workspace, newest first."""
    held = agreements_of(workspace)
    headings = {
        upload.batch_id: [each["shown"] for each in upload.headings if not each.get("role")]
        for upload in Upload.objects.exclude(batch_id="").only("batch_id", "headings")
    }
    return [_delivery(batch, held, headings.get(batch["batch_id"])) for batch in reversed(batches(workspace))]


def _delivery(batch: Manifest, held: dict[str, Agreement], dropped: list[str] | None) -> dict[str, Any]:
    agreement = held.get(str(batch.get("source", "")))
    came_in = int(batch.get("accepted", 0)) + int(batch.get("repaired", 0))
    rules = [(code, int(rows)) for code, rows in (batch.get("refused_rules") or {}).items() if rows]
    why = [f"{_RULES.get(code, code)}: {rows}" for code, rows in rules]
    return {
        "received_at": datetime.fromisoformat(str(batch["received_at"])),
        "title": agreement.title if agreement else str(batch.get("source", "")),
        "batch_id": batch["batch_id"],
        "rows": int(batch.get("rows", 0)),
        "refused": int(batch.get("refused", 0)),
        "why": "; ".join(why),
        # A delivery by the command keeps no line of headings: then the agreement says what never came in.
        "dropped": "; ".join(dropped) if dropped is not None else "",
        "known": dropped is not None,
        "coarsened": came_in if agreement and agreement.precision_m else 0,
        "precision_m": agreement.precision_m if agreement else None,
    }


def destroyed_files() -> list[dict[str, Any]]:
    """Give which files were destroyed in the quarantine, when and why, newest first."""
    ended = Upload.objects.exclude(ended_at=None).exclude(state__in=Upload.OPEN).order_by("-ended_at")
    return [{"at": each.ended_at, "file": each.file_name, "why": _ENDED[Upload.State(each.state)]} for each in ended]


def retention_runs(workspace: Workspace) -> list[dict[str, Any]]:
    """Give each time that reports past their term were destroyed, by whatever way, newest first."""
    runs, held = [], agreements_of(workspace)
    for run in done(workspace):
        gone: dict[str, int] = {}
        for row in run.batches:
            title = held[row.source].title if row.source in held else row.source
            gone[title] = gone.get(title, 0) + row.destroyed
        runs.append({"at": run.ran_at, "on": run.on.isoformat(), "destroyed": gone})
    return runs
