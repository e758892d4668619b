# SPDX-License-Identifier: EUPL-1.2
"""Cijfers: how often the outlook was right, beside a simple count; bad quarters stand among the good ones."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stip.publish import evaluation_stands_still, stands_still
from stip.words import harmless, number
from stip_web.public.chart import chart_of
from stip_web.public.errors import refuse
from stip_web.public.published import folder, record
from stip_web.public.quarters import MOST_QUARTERS, issues_of, searched_of, table_of, town_told

NOT_OUT = (
    "Er is nog geen terugblik openbaar. De gemeente maakt haar per kwartaal openbaar, samen met de cijfers. Dat is "
    "ten minste 4 weken na het kwartaal."
)
COLUMNS = {
    "quarter": "kwartaal",
    "label": "soort",
    "reported": "meldingen",
    "outlook": "in de vooruitblik",
    "baseline": "in de telling ernaast",
    "verdict_label": "oordeel",
}


def page(request: HttpRequest) -> HttpResponse:
    """Show the newest evaluation, or the one that is asked for, and all of them beside each other."""
    paused = stands_still(folder())
    if paused is not None:
        return render(request, "public/record.html", {"lacking": paused["sentence"]})
    out = record()[::-1]
    town = town_told()[:MOST_QUARTERS]
    context: dict[str, Any] = {
        "town_told": town,
        "searched": searched_of(town),
        "town_issues": issues_of(one.quarter.name for one in town),
        "town_table": table_of(town),
    }
    held = evaluation_stands_still(folder())
    if held is not None or not out:
        return render(request, "public/record.html", context | {"lacking": held["sentence"] if held else NOT_OUT})
    asked = request.GET.get("kwartaal", "")
    shown = next((one for one in out if one["quarter"] == asked), out[0])
    context |= {
        "shown": shown,
        "issues": issues_of([shown["quarter"]] if shown["all"] else []),
        "rows": [*shown["types"], *([shown["all"]] if shown["all"] else [])],
        "chart": chart_of([*shown["types"], *([shown["all"]] if shown["all"] else [])]),
        "all": out,
        "measured": [one for one in out if one["all"]],
        "unmeasured": [one["label"] for one in out if not one["all"]],
        "other_issues": issues_of(one["quarter"] for one in out if one["all"] and one is not shown),
        "goals": shown["measure"],
    }
    return render(request, "public/record.html", context)


def table(request: HttpRequest) -> HttpResponse:
    """Give every evaluation that is out as CSV, as a Dutch spreadsheet opens it."""
    paused = evaluation_stands_still(folder())
    if paused is not None:
        answer = refuse(request, 503, paused["sentence"])
        answer["Retry-After"] = "86400"
        return answer
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS.values())
    for one in record():
        for row in [*one["types"], *([one["all"]] if one["all"] else [])]:
            writer.writerow([harmless(str(_value(name, one, row))) for name in COLUMNS])
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="terugblik.csv"'
    return answer


def _value(name: str, quarter: dict[str, Any], row: dict[str, Any]) -> object:
    if name == "quarter":
        return quarter["quarter"]
    found = row[name]
    return number(found["figure"]).replace(".", "") if isinstance(found, dict) else found
