# SPDX-License-Identifier: EUPL-1.2
"""How ``stip learn`` tells what came of a week."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd

from stip.cli.show import number, say, table
from stip.learn import Stream, outlook_that_counts
from stip.store import Workspace

STATES = {"final": "definitief", "provisional": "voorlopig", "not_scored": "nog niet nagemeten"}
_OVERALL = "all"


def show_scores(workspace: Workspace, week: str, rows: pd.DataFrame) -> None:
    """Print the score of the outlook that counts for a week."""
    outlook = outlook_that_counts(workspace, week)
    if outlook is None:
        return
    counting = rows[rows["run_id"] == outlook.run_id]
    state = STATES[str(counting["state"].iloc[0])]
    share = workspace.settings.learn.area_share
    lines = []
    for crime_type, of_type in counting.groupby("crime_type", sort=True):
        label = workspace.settings.crime_types[str(crime_type)].label
        town_wide = of_type["model"].isin([Stream.OUTLOOK, Stream.BASELINE])
        shown = of_type[~town_wide | np.isclose(of_type["area_share"], share)]
        for row in shown.to_dict("records"):
            lines.append(
                (
                    label,
                    Stream(row["model"]).label,
                    f"{number(100 * row['area_share'], 1)} %",
                    number(row["hits"], 1),
                    number(row["total"], 1),
                    number(row["best_hits"], 1),
                )
            )
    table(
        ("soort", "wie wees aan", "deel van de stad", "raak", "gemeld", "hooguit"),
        lines,
        right=(2, 3, 4, 5),
        title=f"{week}: {state}",
    )
    if len(set(rows["run_id"])) > 1:
        say("Voor deze week is meer dan één vooruitblik gemaakt; alle zijn nagemeten, deze telt.")


def show_weeks(workspace: Workspace, weeks: pd.DataFrame, summed: pd.DataFrame, *, crime_type: str) -> None:
    """Print the table of weeks and what it allows to say."""
    if weeks.empty:
        say("Er is nog geen week met een vooruitblik. Maak er een met ‘stip outlook run’.")
        return
    table(
        ("week", "stand", "verwacht", "gemeld", "raak", "stippenkaart", "uren", "bezocht", "eigen inzicht"),
        [_line(row) for row in weeks.to_dict("records")],
        right=(2, 3, 4, 5, 6, 7, 8),
        title="De laatste weken" + (f": {workspace.settings.crime_types[crime_type].label}" if crime_type else ""),
    )
    share = number(100 * workspace.settings.learn.area_share, 1).removesuffix(",0")
    say(f"Raak: meldingen in de {share} % van de stad die de vooruitblik en de gewone stippenkaart aanwezen.")
    say("Bezoek kan meldingen voorkomen. Deze tabel meet of het klopte, niet of het hielp.")
    wanted = crime_type or _OVERALL
    chosen = summed[summed["crime_type"] == wanted]
    if chosen.empty:
        say("Nog geen uitspraak mogelijk: er is nog geen week definitief.")
    for sentence in chosen["sentence"]:
        say(f"• {sentence}")


def _line(row: dict[Hashable, Any]) -> tuple[str, ...]:
    def figure(name: str, decimals: int = 0) -> str:
        return "–" if pd.isna(row[name]) else number(row[name], decimals)

    told_of = row["places_visited"] + row["places_not_visited"]
    return (
        str(row["week"]),
        STATES[row["state"]],
        f"{figure('expected')} ({figure('low')}–{figure('high')})",
        figure("reported", 1),
        figure("hits", 1),
        figure("baseline_hits", 1),
        f"{figure('visited_hours', 1)} van {figure('planned_hours', 1)}",
        f"{figure('places_visited')} van {number(told_of)}",
        figure("overrides"),
    )
