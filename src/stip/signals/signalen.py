# SPDX-License-Identifier: EUPL-1.2
"""Handing a signal to Signalen, the reporting system of many municipalities, through its open form.

The only machine that is asked is the one that ``stip.toml`` names. It is asked once: a report that may have arrived
is not sent again by itself, and the text holds our mark, so that a double one is recognised.

Source: Signalen v1, ``POST /signals/v1/public/signals/``; ``PublicSignalCreateSerializer`` in Amsterdam/signals.
"""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, datetime
from datetime import time as clock
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import shapely
from pyproj import Transformer

from stip import __version__
from stip.errors import ServiceError, SignalError
from stip.intake import HostNotFound, Reach, ReachTransport, Resolve, resolve_host
from stip.plan import outline
from stip.signals.handing import cells_to_name, facts_to_share, handover_text
from stip.signals.places import areas_of
from stip.signals.standing import Known
from stip.space import monday
from stip.store import Workspace
from stip.words import number

PATH = "/signals/v1/public/signals/"
_NOWHERE = "overig/overig"
_MOST_BYTES = 262_144
_RECEIPT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,39}")
_STANDS = "Het besluit staat. Verstuur het signaal later opnieuw, of kopieer de tekst."


def goes_to_signalen(workspace: Workspace, partner: str) -> bool:
    """Tell whether a partner is told through Signalen: its way says so, and the town has one."""
    settings = workspace.settings.signals
    found = settings.partners.get(partner)
    return bool(settings.signalen_url) and found is not None and found.way == "signalen"


def signalen_report(workspace: Workspace, known: Known, *, at: datetime | None = None) -> dict[str, Any]:
    """Return the report as Signalen wants it: text, point, category, and a reporter without a name.

    Signalen asks when it was. It is told the Monday of the week when the week is shared, and else the day of sending:
    the moment at which it became known would tell who stood where.

    Parameters
    ----------
    known : Known
    at : aware datetime, optional
        When it is sent; now when left out.

    Raises
    ------
    SignalError
        When there is no place and no neighbourhood of which a point can be given.
    """
    settings = workspace.settings.signals
    _, text = handover_text(workspace, known, known.partner, known.shared_what)
    point, exact = _point(workspace, known)
    if not exact:
        text += "\nHet punt op de kaart is een punt in de buurt, niet de plek."
    path = settings.signalen_categories.get(known.category, _NOWHERE)
    main, sub = path.split("/")
    turn = Transformer.from_crs(workspace.grid.crs, "OGC:CRS84", always_xy=True)
    lon, lat = turn.transform(point.x, point.y)
    return {
        "text": text,
        "location": {
            "geometrie": {"type": "Point", "coordinates": [round(lon, 6), round(lat, 6)]},
            "extra_properties": None,
        },
        "category": {
            "sub_category": f"{settings.signalen_url}/signals/v1/public/terms/categories/{main}/sub_categories/{sub}"
        },
        "reporter": {"email": None, "phone": None, "sharing_allowed": False},
        "incident_date_start": _begin(workspace, known, at or datetime.now(UTC)).isoformat(timespec="seconds"),
    }


def send_to_signalen(
    workspace: Workspace, known: Known, *, at: datetime | None = None, resolve: Resolve = resolve_host
) -> str:
    """Send a signal and return the number under which Signalen knows it; empty when it gave none.

    Parameters
    ----------
    known : Known
        Handed over to a partner that is told through Signalen.
    at : aware datetime, optional
        When it is sent; now when left out.
    resolve : callable
        How to find the host; tests put their own in.

    Raises
    ------
    ServiceError
        When Signalen does not take it. Nothing was recorded, and it can be sent again.
    """
    settings = workspace.settings
    url = httpx.URL(settings.signals.signalen_url + PATH)
    _check_secure(url, settings.intake.service.private_hosts)
    report = signalen_report(workspace, known, at=at)
    reach = Reach(settings.intake.service.private_hosts, resolve)
    return _receipt(_post(url, reach, report, settings.signals.signalen_seconds))


def _check_secure(url: httpx.URL, private_hosts: tuple[str, ...]) -> None:
    if url.scheme != "https" and url.host.casefold() not in {host.casefold() for host in private_hosts}:
        raise ServiceError(
            "Signalen staat in stip.toml met een adres zonder beveiliging (http). Maak er https van, bij "
            "signals.signalen_url."
        )


def _post(url: httpx.URL, reach: Reach, report: dict[str, Any], seconds: float) -> bytes:
    """Ask through the transport that looks where it goes; a redirect is not followed."""
    ends_at = time.monotonic() + seconds
    try:
        with (
            httpx.Client(
                transport=ReachTransport(reach), timeout=seconds, trust_env=False, follow_redirects=False
            ) as client,
            client.stream(
                "POST",
                url,
                json=report,
                headers={
                    "User-Agent": f"Stip/{__version__} (gemeentelijke stippenkaart)",
                    "Accept": "application/json",
                },
            ) as response,
        ):
            if response.status_code != httpx.codes.CREATED:
                raise ServiceError(f"Signalen nam de melding niet aan (code {response.status_code}). {_STANDS}")
            body = b""
            for part in response.iter_bytes():
                body += part
                if len(body) > _MOST_BYTES or time.monotonic() > ends_at:
                    break  # it was taken; only its number is missing
            return body
    except HostNotFound:
        raise ServiceError(f"Signalen is niet te vinden. {_STANDS}") from None
    except httpx.TimeoutException:
        raise ServiceError(f"Signalen antwoordt niet binnen {number(seconds, 1)} seconden. {_STANDS}") from None
    except (httpx.TransportError, httpx.DecodingError):
        raise ServiceError(f"Signalen is niet te bereiken. {_STANDS}") from None


def _receipt(body: bytes) -> str:
    """Return the number of the report, such as ``SIG-123``, when there is one that may be kept."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    found = [str(said.get(name) or "") for name in ("_display", "id_display", "id")] if isinstance(said, dict) else []
    return next((text for text in found if _RECEIPT.fullmatch(text)), "")


def _begin(workspace: Workspace, known: Known, at: datetime) -> datetime:
    zone = ZoneInfo(workspace.settings.town.time_zone)
    told = facts_to_share(workspace, known, known.shared_what)
    day = monday(known.week) if "week" in told else at.astimezone(zone).date()
    return datetime.combine(day, clock(), zone)


def _point(workspace: Workspace, known: Known) -> tuple[shapely.Point, bool]:
    """Return a point of the place and True; where that is not shared, one of the neighbourhood and False."""
    cells = cells_to_name(workspace, known)
    if cells and "place" in known.shared_what:
        return outline(cells, workspace.grid).representative_point(), True
    areas = areas_of(workspace)
    if areas is not None and "area" in facts_to_share(workspace, known, known.shared_what):
        frame = areas.frame
        shape = frame[(frame["area_code"] == known.area_code) | (frame["district_code"] == known.area_code)]
        if len(shape):
            return shape.geometry.union_all().representative_point(), False
    raise SignalError("Signalen vraagt een punt op de kaart. Deel ook de buurt of de plek, of kopieer de tekst.")
