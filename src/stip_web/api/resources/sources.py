# SPDX-License-Identifier: EUPL-1.2
"""Where the data come from: how fresh each source is, what came in, and what was agreed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from stip.agreements import Agreement, Kind, Purpose, Role, agreements_of, pauses
from stip.store import Manifest, Workspace, batches, last_known_at
from stip_web.accounts.permissions import Permission as May
from stip_web.api.cursor import paged
from stip_web.api.operation import operation
from stip_web.api.parameters import Paging
from stip_web.api.schemas import Body
from stip_web.workspaces.clock import now
from stip_web.workspaces.current import current_workspace, state_of

router = Router(tags=["data"])
READS = (May.DATA_READ, May.DATA_IMPORT)


class Source(Body):
    """A source of incidents."""

    source: str
    title: str
    batches: int
    last_received_at: datetime | None = Field(description="Null when nothing came in yet.")
    last_known_at: datetime | None = Field(description="When its newest report became known.")
    days_since_known: float | None
    valid_until: date
    paused: bool


class Sources(Body):
    """How fresh each source of incidents is."""

    now: datetime = Field(description="The time by which freshness counts; a demo lives in its own week.")
    sources: list[Source]


class Batch(Body):
    """What came in together and can be undone together. Counts only."""

    batch_id: str
    source: str
    file: str
    received_at: datetime
    first_day: date | None
    last_day: date | None
    rows: int
    accepted: int
    repaired: int
    refused: int
    not_ours: int = Field(description="Of a kind that this town does not use.")
    new: int
    corrected: int
    by_type: dict[str, int]


class Batches(Body):
    """What came in, newest first."""

    number_matched: int
    next: str | None
    batches: list[Batch]


class DeclaredColumn(Body):
    """A column that may be read, and what it means."""

    heading: str
    role: Role
    names: list[str] = Field(description="Other headings under which it comes.")


class AgreementText(Body):
    """What was agreed about one source. What is not declared is refused."""

    source: str
    title: str
    kind: Kind
    purposes: list[Purpose]
    legal_basis: str
    controller: str
    dpia: str
    valid_from: date
    valid_until: date
    retention_months: float
    precision_m: int
    paused: bool
    columns: list[DeclaredColumn]
    refused_columns: dict[str, str] = Field(description="Headings that are known to come along, and why not.")


class Agreements(Body):
    """All agreements, by source."""

    agreements: list[AgreementText]


@operation(router, "/sources", permission=READS, returns=Sources, summary="How fresh each source is")
def list_sources(request: HttpRequest) -> dict[str, Any]:
    """Give the sources of incidents, with when something came in last."""
    workspace = current_workspace()
    moment = now(workspace)
    came = batches(workspace)
    held = _paused(workspace)
    return {
        "now": moment,
        "sources": [
            _source(workspace, agreement, [batch for batch in came if batch.get("source") == name], moment, held)
            for name, agreement in agreements_of(workspace).items()
            if agreement.kind is Kind.INCIDENTS
        ],
    }


@operation(router, "/batches", permission=READS, returns=Batches, summary="What came in")
def list_batches(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """Give the batches of incidents, newest first; no incident can be told from them."""
    workspace = current_workspace()
    found = batches(workspace)[::-1]
    rows, following = paged(found, paging, "batches", state_of(workspace, "data/incidents"))
    return {"numberMatched": len(found), "next": following, "batches": [_batch(batch) for batch in rows]}


@operation(
    router, "/agreements", permission=(*READS, May.RULES_APPROVE), returns=Agreements, summary="What was agreed"
)  # fmt: skip
def list_agreements(request: HttpRequest) -> dict[str, Any]:
    """Give every agreement: which columns of which source, why, how finely and for how long."""
    workspace = current_workspace()
    held = _paused(workspace)
    return {"agreements": [_agreement(agreement, held) for agreement in agreements_of(workspace).values()]}


def _paused(workspace: Workspace) -> set[str]:
    return set(pauses(workspace)["what"])


def _is_held(source: str, held: set[str]) -> bool:
    return not held.isdisjoint({f"source:{source}", "all"})


def _source(
    workspace: Workspace, agreement: Agreement, came: list[Manifest], moment: datetime, held: set[str]
) -> dict[str, Any]:
    known = last_known_at(workspace, known_before=moment, sources=(agreement.source,))
    return {
        "source": agreement.source,
        "title": agreement.title,
        "batches": len(came),
        "lastReceivedAt": max((batch["received_at"] for batch in came), default=None),
        "lastKnownAt": known,
        "daysSinceKnown": None if known is None else round((moment - known).total_seconds() / 86_400, 2),
        "validUntil": agreement.valid_until,
        "paused": _is_held(agreement.source, held),
    }


def _batch(batch: Manifest) -> dict[str, Any]:
    first, last = batch.get("period") or (None, None)
    counts = {
        name: int(batch.get(name, 0)) for name in ("rows", "accepted", "repaired", "refused", "new", "corrected")
    }
    return counts | {
        "batchId": batch["batch_id"],
        "source": batch.get("source", ""),
        "file": batch.get("file", ""),
        "receivedAt": batch["received_at"],
        "firstDay": first,
        "lastDay": last,
        "notOurs": int(batch.get("not_ours", 0)),
        "byType": batch.get("by_type", {}),
    }


def _agreement(agreement: Agreement, held: set[str]) -> dict[str, Any]:
    return {
        "source": agreement.source,
        "title": agreement.title,
        "kind": agreement.kind,
        "purposes": agreement.purposes,
        "legalBasis": agreement.legal_basis,
        "controller": agreement.controller,
        "dpia": agreement.dpia,
        "validFrom": agreement.valid_from,
        "validUntil": agreement.valid_until,
        "retentionMonths": agreement.retention_months,
        "precisionM": agreement.precision_m,
        "paused": _is_held(agreement.source, held),
        "columns": [
            {"heading": heading, "role": column.role, "names": column.names}
            for heading, column in agreement.columns.items()
        ],
        "refusedColumns": agreement.why_refused,
    }
