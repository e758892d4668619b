# SPDX-License-Identifier: EUPL-1.2
"""Map, list, chart and provenance: four views on one filter."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from stip.store import area_years, read_areas
from stip_web.accounts.door import needs
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.desk.twins import Listing, twin
from stip_web.dots.addresses import search
from stip_web.dots.drawings import bars, week_grid
from stip_web.dots.frame import frame_of
from stip_web.dots.layers import layers_of
from stip_web.dots.looking import Look, look
from stip_web.dots.paging import PER_JSON, read_next, read_page, token_of
from stip_web.dots.provenance import deliveries_of, sources_of
from stip_web.dots.rows import COLUMNS, in_order, rows_of, units_of
from stip_web.dots.weekly import hour_by_weekday, per_week
from stip_web.dots.words import WEEKDAY_NAMES, facts_of


@needs(May.DOTS_FINE, May.DOTS_COARSE)
@require_safe
@reads_incidents("kaart")
def show_map(request: HttpRequest) -> HttpResponse:
    """Show the map; the browser fetches the dots."""
    asked = look(request)
    layers, _ = layers_of(asked.workspace)
    told = [layer.told(reverse("dots:layer", args=[layer.name])) for layer in layers]
    found = search(asked, request.GET.get("adres", ""))
    more = {
        "extent": _extent(asked),
        "cell": asked.workspace.settings.town.cell_m,
        "crs": asked.crs,
        "layers": json.dumps(told, ensure_ascii=False),
        "tiles": settings.STIP_TILES_URL,
        "found": found,
    }
    return render(request, "dots/map.html", frame_of(request, asked, "map") | more)


@needs(May.DOTS_FINE, May.DOTS_COARSE)
@require_safe
@reads_incidents("kaart")
def show_list(request: HttpRequest) -> HttpResponse:
    """Show the same reports as a list, newest week first; rounded ones a unit a row, with how many."""
    asked = look(request)
    order = in_order(asked)
    if not asked.fine:
        return _show_units(request, asked, order)
    page = read_page(request.GET, len(order))
    rows = rows_of(asked, order[page.slice])
    for row in rows:
        row["plek"] = reverse("dots:place") + asked.filter.counted.query(x=row["x_m"], y=row["y_m"])
    return render(request, "dots/list.html", frame_of(request, asked, "list") | {"rows": rows, "page": page})


def _show_units(request: HttpRequest, asked: Look, order: npt.NDArray[np.int64]) -> HttpResponse:
    first, counts = units_of(asked, order)
    page = read_page(request.GET, len(first))
    rows = rows_of(asked, first[page.slice])
    for row, count in zip(rows, counts[page.slice].tolist(), strict=True):
        row["aantal"] = count
    return render(request, "dots/units.html", frame_of(request, asked, "list") | {"rows": rows, "page": page})


@needs(May.DOTS_FINE, May.DOTS_COARSE)
@require_safe
@reads_incidents("kaart")
def list_json(request: HttpRequest) -> HttpResponse:
    """Give the list to a program, 500 reports at a time; ``volgende`` is where the next ones are."""
    asked = look(request)
    order = in_order(asked)
    start = read_next(request.GET.get("volgende", ""), asked.seen.stamp)
    rows = rows_of(asked, order[start : start + PER_JSON])
    facts: dict[str, Any] = dict(facts_of(asked)) | {"aantal": len(order), "volgende": None}
    if start + PER_JSON < len(order):
        token = token_of(start + PER_JSON, asked.seen.stamp)
        facts["volgende"] = reverse("dots:list-json") + asked.filter.counted.query(volgende=token)
    return twin(request, Listing("meldingen", COLUMNS, rows, facts), "json")


@needs(May.DOTS_FINE, May.DOTS_COARSE)
@require_safe
@reads_incidents("kaart")
def show_chart(request: HttpRequest) -> HttpResponse:
    """Show counts per week, and by hour and weekday; each drawing with its table."""
    asked = look(request)
    weeks, grid = per_week(asked), hour_by_weekday(asked)
    more = {
        "weeks": weeks[::-1],
        "bars": bars(weeks, "Meldingen per week. De tabel eronder heeft dezelfde getallen."),
        "late": [week for week in weeks if not week.complete],
        "grid": week_grid(grid, "Meldingen per dag en uur. De tabel eronder heeft dezelfde getallen."),
        "grid_rows": list(zip(WEEKDAY_NAMES, grid.tolist(), grid.sum(axis=1).tolist(), strict=True)),
        "hours": range(24),
        "unknown": int(grid[:, 24].sum()),
    }
    return render(request, "dots/chart.html", frame_of(request, asked, "chart") | more)


@needs(May.DOTS_FINE, May.DOTS_COARSE)
@require_safe
@reads_incidents("kaart")
def chart_twin(request: HttpRequest, form: str) -> HttpResponse:
    """Give the counts per week to a program."""
    if form not in ("json", "csv"):
        raise Http404
    asked = look(request)
    rows = [
        {
            "week": week.week,
            "maandag": week.monday,
            "aantal": week.count,
            "compleet": "ja" if week.complete else "nee",
        }
        for week in per_week(asked)
    ]
    columns = {"week": "Week", "maandag": "Begint op", "aantal": "Aantal", "compleet": "Compleet"}
    return twin(request, Listing("meldingen-per-week", columns, rows, facts_of(asked)), form)


@needs(May.DOTS_FINE, May.DOTS_COARSE)
@require_safe
@reads_incidents("kaart")
def show_provenance(request: HttpRequest) -> HttpResponse:
    """Tell where the reports and layers come from, how precise they may be, and what was left out."""
    asked = look(request)
    layers, refused = layers_of(asked.workspace)
    more = {
        "sources": sources_of(asked),
        "deliveries": deliveries_of(asked) if asked.fine else [],
        "layers": layers,
        "refused": refused,
        "facts": facts_of(asked),
        "minimum": asked.workspace.settings.dwellings.minimum,
        "may_read_data": request.user.may(May.DATA_READ, May.DATA_IMPORT),  # type: ignore[union-attr]
        "area_year": asked.seen.area_year,
    }
    return render(request, "dots/provenance.html", frame_of(request, asked, "provenance") | more)


def _extent(asked: Look) -> str:
    if area_years(asked.workspace):
        bounds = read_areas(asked.workspace).frame.total_bounds
    elif asked.seen.n:
        bounds = (asked.seen.x_m.min(), asked.seen.y_m.min(), asked.seen.x_m.max(), asked.seen.y_m.max())
    else:
        bounds = (0.0, 0.0, 1000.0, 1000.0)
    return ",".join(f"{side:.0f}" for side in bounds)
