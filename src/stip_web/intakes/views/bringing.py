# SPDX-License-Identifier: EUPL-1.2
"""The first step: bringing a file, which is sealed while it comes in."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from stip.errors import FileError, StipError
from stip.space import shift_week, week_start
from stip.store import Workspace, first_open_week
from stip.words import number
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.desk.errors import refuse
from stip_web.intakes.actions import BringFile
from stip_web.intakes.headings import incident_agreements
from stip_web.intakes.models import Upload
from stip_web.intakes.quarantine import QuarantineHandler, Received
from stip_web.intakes.sweep import sweep
from stip_web.intakes.views.tabs import page
from stip_web.workspaces.clock import now, this_week
from stip_web.workspaces.current import current_workspace

_FORM_BYTES = 100_000
_SHOWN = 15
_FIRST_YEAR = 2000


@needs(May.DATA_READ, May.DATA_IMPORT)
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Ask for a file, and show what is under way."""
    sweep(timezone.now())
    workspace = current_workspace()
    uploads = Upload.objects.select_related("brought_by")
    facts = {
        "sources": [(name, held.title) for name, held in incident_agreements(workspace).items()],
        "under_way": uploads.filter(state__in=Upload.OPEN),
        "ended": uploads.exclude(state__in=Upload.OPEN)[:_SHOWN],
        "most_mb": settings.STIP_UPLOAD_BYTES / 1e6,
        "demo_next": this_week(workspace) if settings.DEMO and usual_moment(workspace) > now(workspace) else "",
        "received": usual_moment(workspace).astimezone(ZoneInfo(workspace.settings.town.time_zone)),
    }
    return page(request, "start", "start", facts)


@needs(May.DATA_IMPORT)
@csrf_exempt  # asked below, once the form is read by the handler that seals
@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """Take a file."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.STIP_UPLOAD_BYTES + _FORM_BYTES:
        return refuse(request, 413, _too_large())
    handler = QuarantineHandler(request)
    request.upload_handlers = [handler]
    try:
        return _brought(request)
    finally:
        handler.drop()


@csrf_protect
def _brought(request: HttpRequest) -> HttpResponse:
    handler = request.upload_handlers[0]
    assert isinstance(handler, QuarantineHandler)  # noqa: S101 - `bring` set it
    received = request.FILES.get("bestand")
    if handler.too_large:
        return refuse(request, 413, _too_large())
    if handler.too_many:
        messages.error(request, "Er kwam meer dan één bestand. Lees ze een voor een in.")
        return redirect("intakes:start")
    if not isinstance(received, Received):
        messages.error(request, "Er is geen bestand gekozen. Kies een bestand en druk op ‘Bestand inlezen’.")
        return redirect("intakes:start")
    try:
        moment = _moment(request.POST.get("ontvangen", ""), current_workspace())
        source = request.POST.get("bron", "")
        upload = BringFile(user_of(request), received=received, received_at=moment, source=source).run()
    except StipError as error:
        messages.error(request, str(error))
        return redirect("intakes:start")
    handler.kept = True
    return redirect("intakes:upload", upload.pk)


def usual_moment(workspace: Workspace) -> datetime:
    """Give when a file that is brought now came in: now; in a demo, the Monday after the week that is to come."""
    if settings.DEMO and (week := first_open_week(workspace)) is not None:
        monday = week_start(shift_week(week, 1), workspace.settings.town.time_zone)
        return min(monday.replace(hour=8, minute=30), timezone.now())
    return timezone.now()


def _moment(text: str, workspace: Workspace) -> datetime:
    if not text.strip():
        return usual_moment(workspace)
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise FileError(
            "Het moment van ontvangst is geen datum met tijd. Schrijf het als 2026-09-07 08:30."
        ) from None
    if moment.year < _FIRST_YEAR:
        raise FileError(f"Het moment van ontvangst ligt vóór {_FIRST_YEAR}. Kijk het jaar na.")
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(workspace.settings.town.time_zone))


def _too_large() -> str:
    return (
        f"Dit bestand is groter dan {number(settings.STIP_UPLOAD_BYTES / 1e6)} MB. Er is niets van bewaard. Lever "
        "het in delen aan, of als Parquet: dat is veel kleiner."
    )
