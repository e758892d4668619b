# SPDX-License-Identifier: EUPL-1.2
"""Mijn buurt: from a postcode or a name to plain text and figures; each way of having none has its own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stip.publish import AREA, State, area_of_postcode, place_facts, stands_still
from stip_web.public.mapping import map_of
from stip_web.public.published import area_years, areas, figures, folder, town_name
from stip_web.public.quarters import MOST_QUARTERS, issues_of, joined, searched_of, table_of, told_of, years_left_out

_POSTCODE = re.compile(r"[1-9][0-9]{3}\s?([A-Za-z]{2})?", re.ASCII)
_MOST_SIGNS = 20  # of what is asked: nothing longer is a postcode or a code

NOT_OUT = "Er zijn nog geen cijfers openbaar. De gemeente maakt ze per kwartaal openbaar, ten minste 4 weken later."
NOT_OUT_HERE = "Van deze buurt zijn nog geen cijfers openbaar. Kijk later nog eens."
NO_BORDERS = "De grenzen van de buurten zijn nog niet openbaar. Daarom kunt u hier nog niet zoeken."
NO_POSTCODE = "Dit is geen postcode. Een postcode is 4 cijfers en 2 letters, zoals 1234 AB."
NEW_POSTCODE = "Is uw postcode nieuw? Kies dan uw buurt uit de lijst."
FOUR_ONLY = (
    "De letters van deze postcode kennen wij niet. Dit is de buurt waar de meeste adressen met deze cijfers liggen."
)
CHANGED = (
    "De grenzen van deze buurt zijn veranderd. Cijfers bij de grenzen van {years} staan hier niet: zij gaan over een "
    "ander gebied. U vindt ze bij Gegevens."
)
NO_AREA = "Deze buurt kennen wij niet. Kies een buurt uit de lijst."
HIDDEN = {
    State.FEW_DWELLINGS: (
        "Van deze buurt laten wij geen cijfers zien. Er staan maar weinig woningen. Een cijfer zou dan over één "
        "huis kunnen gaan."
    ),
    State.UNKNOWN_DWELLINGS: (
        "Van deze buurt laten wij geen cijfers zien. Wij weten niet hoeveel woningen er staan. Daarom kunnen wij "
        "niet nagaan of een cijfer over één huis gaat."
    ),
}


@dataclass(frozen=True)
class Asked:
    """What was asked: a neighbourhood by its code, or what is wrong with the question.

    Attributes
    ----------
    code : str
        Empty when nothing, or nothing good, was asked.
    problem : str
        What is wrong, and what to do.
    note : str
        What to know of what was found.
    others : tuple of str
        Codes of other neighbourhoods in which the postcode lies.
    """

    code: str = ""
    problem: str = ""
    note: str = ""
    others: tuple[str, ...] = ()


def page(request: HttpRequest) -> HttpResponse:
    """Show the form, and what was asked."""
    postcode = request.GET.get("postcode", "").strip()[:_MOST_SIGNS]
    code = request.GET.get("buurt", "").strip()[:_MOST_SIGNS]
    context: dict[str, Any] = {"postcode": "", "year": None}
    paused = stands_still(folder())
    years = area_years()
    if paused is not None or not years:
        context["problem"] = paused["sentence"] if paused is not None else NO_BORDERS
        context["closed"] = True
        return render(request, "public/area.html", context)
    year = _year(years)
    frame = areas(year)
    asked = _asked(frame, year, postcode, code)
    known = bool(_POSTCODE.fullmatch(postcode))
    context |= {
        "year": year,
        "areas": frame.sort_values("area_name")[["area_code", "area_name"]].itertuples(index=False),
        "by_postcode": bool(place_facts(folder(), year)["postcodes"]),
        "why_no_postcodes": place_facts(folder(), year)["why_no_postcodes"],
        "postcode": postcode.upper() if known else "",  # what is no postcode is not written back
        "asked": asked,
        "problem": asked.problem,
    }
    if asked.code:
        context |= _answer(frame, year, asked)
    return render(request, "public/area.html", context)


def _year(years: list[int]) -> int:
    """Give the year of the borders of the newest figures, when they are out; else the newest."""
    table = figures()
    newest = int(table["area_year"].iloc[-1]) if len(table) else years[-1]
    return newest if newest in years else years[-1]


def _asked(frame: gpd.GeoDataFrame, year: int, postcode: str, code: str) -> Asked:
    if code:
        return Asked(code) if code in set(frame["area_code"]) else Asked(problem=NO_AREA)
    if not postcode:
        return Asked()
    if not _POSTCODE.fullmatch(postcode):
        return Asked(problem=NO_POSTCODE)
    found = area_of_postcode(folder(), postcode, year=year)
    if found is None:
        where = f"de gemeente {town_name()}".strip()
        return Asked(problem=f"Deze postcode ligt niet in {where}, of wij kennen haar nog niet. {NEW_POSTCODE}")
    four_only = len(found.postcode) < len(postcode.replace(" ", ""))
    return Asked(found.area_code, note=FOUR_ONLY if four_only else "", others=() if four_only else found.other_codes)


def _answer(frame: gpd.GeoDataFrame, year: int, asked: Asked) -> dict[str, Any]:
    names = dict(zip(frame["area_code"], frame["area_name"], strict=True))
    told = told_of(AREA, asked.code, year=year)[:MOST_QUARTERS]
    newest = told[0] if told else None
    not_out = NOT_OUT_HERE if len(figures()) else NOT_OUT
    lacking = not_out if newest is None else HIDDEN.get(newest.state, "")
    shown = [one for one in told if one.cells]
    other = years_left_out(asked.code, year)
    return {
        "name": names[asked.code],
        "others": [(code, names[code]) for code in asked.others if code in names],
        "lacking": lacking,
        "newest": newest if not lacking else None,
        "told": shown,
        "issues": issues_of(one.quarter.name for one in shown),
        "changed": CHANGED.format(years=joined([str(each) for each in other])) if other else "",
        "searched": searched_of(shown),
        "table": table_of(shown),
        "map": map_of(asked.code, year),
    }
