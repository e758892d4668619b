# SPDX-License-Identifier: EUPL-1.2
"""Who looked, and who took something along: asked by person, role, activity and days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pandas as pd
from django import forms
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from stip.store import Workspace, read_decisions
from stip_web.accounts.models import Role
from stip_web.administration.forms import SearchForm
from stip_web.administration.log import FINENESS, Search
from stip_web.audit.models import AccessLine, AuditLine, ProcessingSpan
from stip_web.audit.processing import ACTIVITIES, FINE

LOOKS = {
    "at": "Wanneer",
    "actor": "Wie",
    "roles": "Als",
    "activity": "Wat",
    "fine": "Hoe fijn",
    "trace_id": "Spoor",
}
DOCUMENT = "register.take"
TAKEN = ("dots.export", "briefing.take", DOCUMENT)
"""Actions that hand something out as a file."""
EXPORTS = {
    "at": "Wanneer",
    "actor": "Wie",
    "roles": "Als",
    "what": "Wat",
    "filter": "Filter",
    "rows": "Aantal",
    "precision": "Hoe fijn",
}
COMMAND = "stip intake export"
NOBODY_KNOWN = "op de server; wie, weet de opdracht niet"
NO_PLACES = "gaat niet over plekken"


class LookForm(SearchForm):
    """What is looked for in who looked."""

    q = forms.CharField(label="Wie of welk spoor", max_length=80, required=False)
    rol = forms.CharField(label="Rol", max_length=80, required=False)
    wat = forms.ChoiceField(label="Waarvoor", required=False)
    fijn = forms.BooleanField(label="Alleen wie tot op de plek keek", required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["wat"].choices = [("", "Alles"), *ACTIVITIES.items()]  # type: ignore[attr-defined]
        names = [("", "Alle rollen"), *((name, name) for name in Role.objects.values_list("name", flat=True))]
        self.fields["rol"].widget = forms.Select(choices=names)


def looks(form: LookForm) -> QuerySet[AccessLine]:
    """Give who looked, as far as it is asked."""
    asked = form.cleaned_data
    found = Search(words=asked["q"], first=asked["van"], last=asked["tot"]).of(
        AccessLine.objects.all(), "actor_name", "trace_id"
    )
    if asked["rol"]:
        found = found.filter(roles__icontains=asked["rol"])
    if asked["wat"]:
        found = found.filter(activity=asked["wat"])
    return found.filter(fine=True) if asked["fijn"] else found


def by_person(found: QuerySet[AccessLine]) -> list[dict[str, Any]]:
    """Count looks and fine looks by person, most first: to see what is unusual, not to rank people."""
    rows = found.order_by().values("actor_name", "roles").annotate(looks=Count("id"), fine=Count("id", Q(fine=True)))
    return [dict(row) for row in rows.order_by("actor_name")]


def by_role(found: QuerySet[AccessLine]) -> list[dict[str, Any]]:
    """Count people and looks by role."""
    rows = found.order_by().values("roles")
    counted = rows.annotate(
        people=Count("actor_name", distinct=True), looks=Count("id"), fine=Count("id", Q(fine=True))
    )
    return [dict(row) for row in counted.order_by("roles")]


def look_row(line: AccessLine) -> dict[str, Any]:
    """Give a line as a row."""
    return {
        "at": line.at,
        "actor": line.actor_name,
        "roles": line.roles,
        "activity": ACTIVITIES.get(line.activity, line.activity),
        "fine": FINENESS[line.fine] if line.fine is not None or line.activity in FINE else NO_PLACES,
        "trace_id": line.trace_id,
    }


def export_row(line: AuditLine) -> dict[str, Any]:
    """Give who took what along, by which filter, how many and how finely."""
    told = line.details
    return {
        "at": line.at,
        "actor": line.actor_name,
        "roles": line.roles,
        "what": line.subject,
        "filter": told.get("query") or told.get("week", ""),
        "rows": told.get("count", told.get("places")),
        "precision": "geen plekken" if line.action == DOCUMENT else FINENESS[told.get("fine")],
    }


def exports() -> QuerySet[AuditLine]:
    """Give every time that something was taken along."""
    return AuditLine.objects.filter(action__in=TAKEN)


def by_command(workspace: Workspace, search: Search | None = None) -> list[dict[str, Any]]:
    """Give what `stip intake export` took along, as rows of `EXPORTS`, newest first."""
    told = read_decisions(workspace, "export", history=True)
    rows = [_command_row(line) for line in told.iloc[::-1].to_dict("records")]
    return [row for row in rows if search is None or _is_asked(row, search)]


def _command_row(line: dict[Any, Any]) -> dict[str, Any]:
    types = () if line["crime_types"] is None else tuple(line["crime_types"])
    parts = {"soort": ",".join(types), "van": line["from_at"], "tot": line["to_at"]}
    return {
        "at": line["at"].to_pydatetime(),
        "actor": COMMAND,
        "roles": NOBODY_KNOWN,
        "what": str(line["what"]),
        "filter": "&".join(f"{name}={_day(part)}" for name, part in parts.items() if part and not pd.isna(part)),
        "rows": int(line["rows"]),
        "precision": FINENESS[True],
    }


def _day(part: Any) -> str:
    return f"{timezone.localtime(part.to_pydatetime()):%Y-%m-%dT%H:%M}" if isinstance(part, pd.Timestamp) else part


def _is_asked(row: dict[str, Any], search: Search) -> bool:
    on = timezone.localtime(row["at"]).date()
    words = search.words.lower()
    named = not words or any(words in str(row[name]).lower() for name in ("actor", "roles", "what"))
    return bool(named and (not search.first or on >= search.first) and (not search.last or on <= search.last))


def activities_json(
    *,
    organisation: str,
    trace: str = "",
    activity: str = "",
    start: datetime | None = None,
    end: datetime | None = None,
) -> dict[str, Any]:
    """Give the processing log in the shape of the draft for reading it.

    Source: LDV lezen API 1.1.0 (draft, Logius): ``metadata`` and ``processingActivities``, times as RFC 3339, a trace
    as a UUID. No employee is in it; the page beside it ties a trace to who looked.

    Parameters
    ----------
    organisation : str
    trace : str
        Of 32 hex digits; only this one.
    activity : str
        ``stip:kaart`` and the like; only this one.
    start, end : aware datetime, optional
        Began at or after, ended at or before.
    """
    spans = ProcessingSpan.objects.order_by("start_time", "id")
    if trace:
        spans = spans.filter(trace_id=trace)
    if start:
        spans = spans.filter(start_time__gte=int(start.timestamp() * 1000))
    if end:
        spans = spans.filter(end_time__lte=int(end.timestamp() * 1000))
    if activity:
        spans = spans.filter(name=ACTIVITIES.get(activity.removeprefix("stip:"), ""))
    found = list(spans[:MOST])
    return {
        "metadata": {"logbookId": "stip", "organizationName": organisation},
        "processingActivities": [_span(span) for span in found],
    }


MOST = 10_000
"""So many spans at most are given at once, as the draft advises."""
_STATUS = {"OK": "Ok", "ERROR": "Error"}


def _span(span: ProcessingSpan) -> dict[str, Any]:
    told = {
        "traceId": str(UUID(hex=span.trace_id)),
        "spanId": span.span_id,
        "status": _STATUS.get(span.status, "Unset"),
        "name": span.name,
        "startTime": _rfc3339(span.start_time),
        "endTime": _rfc3339(span.end_time),
        "resource": {"attributes": {"service.name": "stip"}},
        "attributes": span.attributes,
    }
    return told | ({"parentSpanId": span.parent_span_id} if span.parent_span_id else {})


def _rfc3339(milliseconds: int) -> str:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
