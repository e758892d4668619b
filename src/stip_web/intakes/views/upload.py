# SPDX-License-Identifier: EUPL-1.2
"""An upload on its way: which step it is at, what was found, and what a person can do now."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from stip.agreements import Role, agreements_of
from stip.errors import StipError
from stip.store import area_years, read_areas
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action
from stip_web.audit.processing import reads_incidents
from stip_web.intakes.actions import CancelUpload, ChooseColumns, ChooseSource, PublishUpload, RetryStep
from stip_web.intakes.checks import checks
from stip_web.intakes.gate_words import before_and_after, fates
from stip_web.intakes.headings import DATES, ROLE_WORDS, incident_agreements
from stip_web.intakes.minimap import draw
from stip_web.intakes.models import Step, Upload
from stip_web.intakes.reading import unpacked_rows
from stip_web.intakes.seen import seen_of
from stip_web.intakes.sweep import sweep
from stip_web.intakes.views.tabs import page
from stip_web.workspaces.current import current_workspace

STAGES = ("Bestand", "Kolommen", "Nakijken", "Publiceren")
_STAGE_OF = {
    Upload.State.LOOKING: 0,
    Upload.State.MAPPING: 1,
    Upload.State.CHECKING: 2,
    Upload.State.CHECKED: 2,
    Upload.State.PUBLISHING: 3,
    Upload.State.PUBLISHED: 3,
    Upload.State.UNDONE: 3,
}
DATE_FORMS = (
    ("", "Laat Stip het uitzoeken"),
    ("%d-%m-%Y", "Dag eerst, zoals 31-12-2026"),
    ("%m/%d/%Y", "Maand eerst, zoals 12/31/2026"),
)


@needs(May.DATA_READ, May.DATA_IMPORT)
@reads_incidents("inlezen")
@never_cache
@require_safe
def upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show where an upload stands."""
    sweep(timezone.now())
    held = get_object_or_404(Upload, pk=pk)
    step = held.step
    facts: dict[str, Any] = {
        "upload": held,
        "step": step,
        "busy": step is not None and step.is_busy and held.is_open,
        "failed": step is not None and step.state == Step.State.FAILED and held.is_open,
        "stages": _stages(held),
        "sources": [(name, agreed.title) for name, agreed in incident_agreements(current_workspace()).items()],
    }
    if held.state == Upload.State.CHECKED and "kolommen" not in request.GET:
        facts |= _checked(held)
    elif held.state in (Upload.State.MAPPING, Upload.State.CHECKED):
        facts |= {"mapping": _mapping(held)}
    return page(request, "upload", "start", facts)


@needs(May.DATA_READ, May.DATA_IMPORT)
@never_cache
@require_safe
def progress(request: HttpRequest, pk: UUID) -> JsonResponse:
    """Say how far the step is, for the script of the page."""
    sweep(timezone.now())
    held = get_object_or_404(Upload, pk=pk)
    step = held.step
    busy = step is not None and step.is_busy and held.is_open
    return JsonResponse(
        {
            "busy": busy,
            "percent": step.percent if step else 0,
            "text": str(step.get_state_display()) if step else "",
            "state": held.state,
        }
    )


@needs(May.DATA_READ, May.DATA_IMPORT)
@require_safe
def refused_rows(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give number and reason of each refused row; nothing of what the rows held."""
    held = get_object_or_404(Upload, pk=pk)
    answer = HttpResponse(unpacked_rows(bytes(held.refused_rows)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="geweigerd-{held.pk.hex[:8]}.csv"'
    return answer


@needs(May.DATA_IMPORT)
@require_POST
def columns(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep which column is which."""
    held = get_object_or_404(Upload, pk=pk)
    known = {told["role"]: told["shown"] for told in held.headings if told["role"]}
    chosen = {}
    for role in Role:
        heading = known.get(role, "") or request.POST.get(f"kolom-{role}", "")
        form = request.POST.get(f"datum-{role}", "")
        if heading:
            allowed = {code for code, _ in DATE_FORMS}
            chosen[str(role)] = {"heading": heading, "date_format": form if form in allowed else ""}
    return _doing(request, held, ChooseColumns(user_of(request), upload=held, columns=chosen))


@needs(May.DATA_IMPORT)
@require_POST
def source(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say which source it is of."""
    held = get_object_or_404(Upload, pk=pk)
    return _doing(request, held, ChooseSource(user_of(request), upload=held, source=request.POST.get("bron", "")))


@needs(May.DATA_IMPORT)
@require_POST
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put what is good in the workspace."""
    held = get_object_or_404(Upload, pk=pk)
    read_on, why = request.POST.get("toch") == "ja", request.POST.get("reden", "")
    return _doing(request, held, PublishUpload(user_of(request), upload=held, read_on=read_on, why=why))


@needs(May.DATA_IMPORT)
@require_POST
def retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Do a failed step again."""
    held = get_object_or_404(Upload, pk=pk)
    return _doing(request, held, RetryStep(user_of(request), upload=held))


@needs(May.DATA_IMPORT)
@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw it away."""
    held = get_object_or_404(Upload, pk=pk)
    return _doing(request, held, CancelUpload(user_of(request), upload=held))


def _doing(request: HttpRequest, held: Upload, action: Action[Any]) -> HttpResponse:
    try:
        action.run()
    except StipError as error:
        messages.error(request, str(error))
    return redirect("intakes:upload", held.pk)


def _stages(held: Upload) -> list[dict[str, object]]:
    at = _STAGE_OF.get(Upload.State(held.state), -1)
    ended = held.state in (Upload.State.PUBLISHED, Upload.State.UNDONE)
    return [
        {"label": label, "current": place == at and not ended, "done": place < at or ended}
        for place, label in enumerate(STAGES)
    ]


def _mapping(held: Upload) -> dict[str, Any]:
    agreement = agreements_of(current_workspace())[held.source]
    known = {told["role"]: told["shown"] for told in held.headings if told["role"]}
    rows = []
    for heading, column in agreement.columns.items():
        said = held.columns.get(str(column.role), {})
        rows.append(
            {
                "role": str(column.role),
                "what": ROLE_WORDS[column.role],
                "agreed": heading,
                "known": known.get(str(column.role), ""),
                "chosen": said.get("heading", ""),
                "is_date": column.role in DATES,
                "date_format": said.get("date_format", ""),
            }
        )
    return {
        "agreement": agreement,
        "rows": rows,
        "choices": [told["shown"] for told in held.headings if told["open"]],
        "dropped": [told for told in held.headings if not told["role"]],
        "forms": DATE_FORMS,
        "nothing_known": not known,
    }


def _checked(held: Upload) -> dict[str, Any]:
    workspace = current_workspace()
    agreement = agreements_of(workspace)[held.source]
    seen = seen_of(held.pk)
    types = workspace.settings.crime_types
    names: dict[str, str] = read_areas(workspace).names() if area_years(workspace) else {}
    rows = [
        row
        | {
            "label": types[row["crime_type"]].label if row["crime_type"] in types else row["crime_type"],
            "area": names.get(row["area_code"] or "", "onbekend"),
            "from_at": datetime.fromisoformat(row["from_at"]),
            "to_at": datetime.fromisoformat(row["to_at"]),
        }
        for row in (seen["rows"] if seen else [])
    ]
    columns = fates(held, agreement, workspace.settings)
    return {
        "agreement": agreement,
        "checks": checks(workspace, held, seen),
        "rows": rows,
        "map": draw(workspace, seen["squares"], left_out=seen["squares_left_out"]) if seen else None,
        "columns": columns,
        "before_after": before_and_after(held, seen, agreement),
        "has_news": bool(held.report.get("new") or held.report.get("corrected")),
        "refused_url": reverse("intakes:refused_rows", args=[held.pk]),
        "types": [(types[kind].label, count) for kind, count in held.report["by_type"].items() if kind in types],
    }
