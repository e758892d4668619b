# SPDX-License-Identifier: EUPL-1.2
"""``stip explore``: what happened, when, where, and whether it is more than chance."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pandas as pd
import typer

from stip.cli.app import JsonOption, WorkspaceOption
from stip.cli.explore_input import Asked, FromOption, ToOption, TypeOption, ask, records
from stip.cli.explore_repeats import Link, find_repeats, repeats_as_json, show_repeats
from stip.cli.explore_show import heat, incomplete_in_words
from stip.cli.show import number, say, say_json, table
from stip.explore import (
    CHANGE_METHOD,
    By,
    change,
    counts_in,
    hot_spots,
    incomplete_weeks,
    names_of,
    rhythm,
    same_age,
)
from stip.link import counts_by_week
from stip.space import Areas, week_texts
from stip.store import area_years, read_areas, read_cells

app = typer.Typer(
    no_args_is_help=True, help="Kijk wat er is gebeurd: aantallen, verandering, ritme, plekken, herhaling."
)


class Against(StrEnum):
    """What a period is laid beside."""

    BEFORE = "before"
    YEAR = "year"


ByOption = Annotated[
    By, typer.Option("--by", help="Tel apart per soort, buurt (area) of wijk (district), of samen (town).")
]
AgainstOption = Annotated[
    Against,
    typer.Option("--against", help="Naast de weken ervoor (before) of dezelfde weken een jaar eerder (year)."),
]
SeedOption = Annotated[int, typer.Option("--seed", help="Met hetzelfde getal komt er hetzelfde uit.")]

_MOMENT = timedelta(microseconds=1)  # what was known at a moment is what was known before the next
_SEED = 20260907
_YEAR_WEEKS = 52
_TOP = 15


@app.command()
def counts(
    workspace: WorkspaceOption = Path(),
    types: TypeOption = None,
    first: FromOption = "",
    last: ToOption = "",
    by: ByOption = By.TYPE,
    json: JsonOption = False,
) -> None:
    """Tel de meldingen in een periode."""
    asked = ask(workspace, types, first, last)
    areas = _areas(asked, by)
    counted = counts_in(asked.incidents, (asked.period,), by=by, time_zone=asked.time_zone, areas=areas)[0]
    found = pd.DataFrame(
        {"key": counted.index, "name": _names(asked, counted.index, by, areas), "count": counted.array}
    )
    found["per_week"] = found["count"] / asked.period.weeks
    found = found.sort_values(["count", "key"], ascending=[False, True], ignore_index=True)
    if json:
        say_json({"from": asked.period.first, "to": asked.period.last, "by": by, "counts": records(found)})
        return
    say(f"{asked.label}, {asked.period}: {number(found['count'].sum())} meldingen in {asked.period.weeks} weken.")
    rows = [(row["name"], number(row["count"]), number(row["per_week"], 1)) for row in found.to_dict("records")]
    table(("", "meldingen", "per week"), rows, right=(1, 2))


@app.command("change")
def change_(
    workspace: WorkspaceOption = Path(),
    types: TypeOption = None,
    first: FromOption = "",
    last: ToOption = "",
    by: ByOption = By.TYPE,
    against: AgainstOption = Against.YEAR,
    json: JsonOption = False,
) -> None:
    """Leg een periode naast een eerdere, en zeg wat toeval kan zijn."""
    asked = ask(workspace, types, first, last, earlier_weeks=None if against is Against.BEFORE else _YEAR_WEEKS)
    other = asked.period.before() if against is Against.BEFORE else asked.period.shifted(-_YEAR_WEEKS)
    areas, zone = _areas(asked, by), asked.time_zone
    then = asked.as_known_before(same_age(asked.period, other, asked.known_until) + _MOMENT, other)
    found = change(asked.incidents, asked.period, other, by=by, time_zone=zone, areas=areas, other_incidents=then)
    by_now = counts_in(asked.incidents, (other,), by=By.TOWN, time_zone=zone)[0].sum()
    known_then = float(found["other_count"].sum())
    incomplete = incomplete_weeks(
        asked.period, asked.known_until, weeks=asked.workspace.settings.learn.final_after_weeks, time_zone=zone
    )
    found["name"] = _names(asked, pd.Index(found["key"]), by, areas)
    if json:
        periods = {
            "from": asked.period.first,
            "to": asked.period.last,
            "other_from": other.first,
            "other_to": other.last,
            "known_until": asked.known_until.isoformat(),
            "incomplete_from": None if incomplete is None else incomplete.first,
            "other_came_later": float(by_now) - known_then,
        }
        say_json(periods | {"by": by, "method": CHANGE_METHOD, "changes": records(found)})
        return
    say(f"{asked.label}: van {other} naar {asked.period}.")
    table(("", "eerst → nu"), [(row["name"], row["sentence"]) for row in found.to_dict("records")])
    if incomplete is not None:
        say(incomplete_in_words(incomplete, other, known_then=known_then, by_now=float(by_now)))
    say(CHANGE_METHOD)


@app.command("rhythm")
def rhythm_(
    workspace: WorkspaceOption = Path(),
    types: TypeOption = None,
    first: FromOption = "",
    last: ToOption = "",
    json: JsonOption = False,
) -> None:
    """Toon op welke dagen en uren het gebeurt."""
    asked = ask(workspace, types, first, last)
    seen = rhythm(asked.mostly_inside, asked.time_zone)
    if json:
        long = seen.reset_index().melt("weekday", var_name="hour", value_name="count")
        say_json({"from": asked.period.first, "to": asked.period.last, "rhythm": records(long)})
        return
    say(f"{asked.label}, {asked.period}: {number(seen.to_numpy().sum())} meldingen op de klok van {asked.time_zone}.")
    for line in heat(seen):
        say(line)
    say("Is een tijd niet precies bekend, dan telt elk uur waarin het kan zijn gebeurd voor een deel mee.")


@app.command()
def hotspots(
    workspace: WorkspaceOption = Path(),
    types: TypeOption = None,
    first: FromOption = "",
    last: ToOption = "",
    top: Annotated[int, typer.Option("--top", min=1, help="Toon zo veel vakken.")] = _TOP,
    seed: SeedOption = _SEED,
    json: JsonOption = False,
) -> None:
    """Toon plekken met meer meldingen dan toeval brengt."""
    asked = ask(workspace, types, first, last)
    grid, cells = asked.workspace.grid, read_cells(asked.workspace)
    cells = cells[cells["in_study"]].set_index("cell")
    study = np.sort(cells.index.to_numpy(np.int64))
    weekly = counts_by_week(asked.incidents, grid, asked.time_zone, within=study)
    inside = weekly["week"].isin(week_texts(np.array(asked.period.numbers)))
    per_cell = weekly[inside].groupby("cell")["count"].sum().reindex(cells.index, fill_value=0.0)
    found = hot_spots(per_cell, seed=seed)
    spots = found[found["more_than_chance"]].sort_values(["around", "count"], ascending=False)
    names = read_areas(asked.workspace).names()
    area_code = cells.loc[spots.index, "area_code"]
    spots = spots.assign(place=[grid.name(cell) for cell in spots.index], area=area_code.map(names))
    if json:
        facts = {"from": asked.period.first, "to": asked.period.last, "cells": len(found), "seed": seed}
        say_json(facts | {"more_than_chance": records(spots.reset_index())})
        return
    say(f"{asked.label}, {asked.period}: {number(per_cell.sum())} meldingen in {number(len(found))} vakken.")
    if spots.empty:
        say("Geen enkele plek heeft meer dan toeval.")
        return
    share = 100 * spots["count"].sum() / per_cell.sum()
    say(
        f"Plekken met meer dan toeval: {number(len(spots))} vakken ({number(100 * len(spots) / len(found), 1)} %), "
        f"met {number(share)} % van de meldingen."
    )
    rows = [
        (row["place"], str(row["area"]), number(row["count"]), number(row["around"]), number(row["gi_star"], 1))
        for row in spots.head(top).to_dict("records")
    ]
    table(("vak", "buurt", "hier", "met de vakken eromheen", "Gi*"), rows, right=(2, 3, 4))
    say("Naar verwachting is hooguit 5 % van deze vakken toch toeval. Een plek zegt niets over wie er woont of komt.")


@app.command()
def repeats(
    workspace: WorkspaceOption = Path(),
    types: TypeOption = None,
    first: FromOption = "",
    last: ToOption = "",
    permutations: Annotated[
        int, typer.Option("--permutations", min=19, help="Hoe vaak de tijden worden geschud.")
    ] = 999,
    distance: Annotated[float, typer.Option("--distance", min=0, help="Afstand binnen een reeks, in meters.")] = 200,
    days: Annotated[float, typer.Option("--days", min=0, help="Dagen tussen de meldingen van een reeks.")] = 14,
    seed: SeedOption = _SEED,
    json: JsonOption = False,
) -> None:
    """Kijk of meldingen elkaar in de buurt en kort daarna opvolgen: paren, reeksen en dezelfde plek."""
    link = Link(distance, days)
    found = find_repeats(ask(workspace, types, first, last), link, permutations=permutations, seed=seed)
    (repeats_as_json if json else show_repeats)(found)


def _areas(asked: Asked, by: By) -> Areas | None:
    return read_areas(asked.workspace) if by in (By.AREA, By.DISTRICT) and area_years(asked.workspace) else None


def _names(asked: Asked, keys: pd.Index[Any], by: By, areas: Areas | None) -> list[str]:
    """Return what each key is called on screen."""
    if by is By.TOWN:
        return [asked.workspace.settings.town.name] * len(keys)
    if by is By.TYPE:
        known = asked.workspace.settings.crime_types
        return [known[key].label if key in known else key for key in keys]
    return names_of(keys, by, areas)
