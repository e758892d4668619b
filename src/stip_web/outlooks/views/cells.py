# SPDX-License-Identifier: EUPL-1.2
"""The list of cells, which is a full equal of the map; and one cell: why here."""

from __future__ import annotations

from typing import Any

import pandas as pd
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stip.store import layer_names
from stip_web.accounts.door import needs
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.outlooks.changes import Change, changes_of, marks_of
from stip_web.outlooks.choice import Choice
from stip_web.outlooks.classes import CLASSES, OF_NUMBER, OF_STEP
from stip_web.outlooks.labels import labels_of
from stip_web.outlooks.runs import outlook_of
from stip_web.outlooks.sheet import Sheet, sheet_of
from stip_web.outlooks.views.frame import frame_of
from stip_web.outlooks.why import layers_of, links_to_dots, why_here
from stip_web.workspaces.current import current_workspace

_A_PAGE = 100


def rows_of(sheet: Sheet, squares: pd.DataFrame, marks: dict[str, list[Change]]) -> list[dict[str, Any]]:
    """Give cells as the tables show them: each has an interval, or is hatched, or is hidden and says so."""
    return [
        {
            **{str(name): value for name, value in row.items() if name not in ("class", "step")},
            "number": int(row["class"]),
            "class_name": OF_NUMBER[int(row["class"])].name,
            "step": OF_STEP[int(row["step"])],
            "low": None if row["hidden"] else int(row["low"]),
            "high": None if row["hidden"] else int(row["high"]),
            "changes": marks.get(str(row["name"]), []),
        }
        for row in squares.to_dict("records")
    ]


@needs(May.OUTLOOK_READ)
@require_safe
@reads_incidents("vooruitblik")
def listed(request: HttpRequest, week: str) -> HttpResponse:
    """List every cell, by class or neighbourhood when asked."""
    workspace = current_workspace()
    choice = Choice.of(request, workspace)
    run = outlook_of(workspace, week, choice.run_id)
    sheet = sheet_of(workspace, run, choice)
    marks = marks_of(changes_of(workspace, week))
    squares = sheet.squares
    number, area = request.GET.get("klasse", ""), request.GET.get("buurt", "")
    changed = request.GET.get("gewijzigd", "") == "ja"
    if number in {str(each.number) for each in CLASSES}:
        squares = squares[squares["class"] == int(number)]
    if area:
        squares = squares[squares["area_code"] == area]
    if changed:
        squares = squares[squares["name"].isin(list(marks))]
    part = Paginator(squares.index.to_list(), _A_PAGE).get_page(request.GET.get("pagina"))
    areas = sheet.squares[["area_code", "area"]].dropna().drop_duplicates().sort_values("area")
    return render(
        request,
        "outlooks/cells.html",
        frame_of(request, workspace, run, sheet.choice, "cells")
        | {
            "sheet": sheet,
            "rows": rows_of(sheet, sheet.squares.loc[list(part.object_list)], marks),
            "part": part,
            "all": len(sheet.squares),
            "classes": CLASSES,
            "asked_class": number,
            "asked_area": area,
            "asked_changed": changed,
            "areas": areas.to_dict("records"),
            "page_query": _without_page(request),
        },
    )


@needs(May.OUTLOOK_READ)
@require_safe
@reads_incidents("vooruitblik")
def one(request: HttpRequest, week: str, name: str) -> HttpResponse:
    """Show one cell: what is expected, what stands beside it, why here, and what people changed.

    With ``deel=ja`` only the part that the map shows in its panel.
    """
    workspace = current_workspace()
    choice = Choice.of(request, workspace)
    run = outlook_of(workspace, week, choice.run_id)
    sheet = sheet_of(workspace, run, choice)
    found = sheet.squares[sheet.squares["name"] == name]
    if found.empty:
        raise Http404("no such cell")
    changes = [each for each in changes_of(workspace, week) if name in (*each.cells, *each.to_cells)]
    row = rows_of(sheet, found, marks_of(changes))[0]
    labels = labels_of(workspace)
    area_code = "" if pd.isna(row["area_code"]) else str(row["area_code"])
    why = None if row["hidden"] else why_here(run, int(row["cell"]), sheet.crime_types, labels)
    layers = layers_of(why, layer_names(workspace)) if why else ()
    context = frame_of(request, workspace, run, sheet.choice, "week") | {
        "sheet": sheet,
        "row": row,
        "why": why,
        "dots": links_to_dots(
            workspace.grid,
            run,
            int(row["cell"]),
            area_code,
            str(row["area"]),
            sheet.crime_types,
            layers=layers,
        ),
        "changes": changes,
        "minimum": workspace.settings.dwellings.minimum,
    }
    part = request.GET.get("deel") == "ja"
    return render(request, "outlooks/cell_part.html" if part else "outlooks/cell.html", context)


def _without_page(request: HttpRequest) -> str:
    """Give what was asked, without the page, ready for another page behind it."""
    asked = request.GET.copy()
    asked.pop("pagina", None)
    return f"{asked.urlencode()}&" if asked else ""
