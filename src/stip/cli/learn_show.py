# SPDX-License-Identifier: EUPL-1.2
"""How ``stip learn`` tells what came of a week."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from stip.cli.show import number, say, table
from stip.learn import Judged, Stream, Verdict, baseline_label, outlook_that_counts, people_beside
from stip.plan import TYPES_APART
from stip.store import Workspace

STATES = {"final": "definitief", "provisional": "voorlopig", "not_scored": "open"}
_SHORT = STATES | {"final": "vast"}
_OVERALL = "all"


def show_scores(workspace: Workspace, scored: Mapping[str, pd.DataFrame]) -> None:
    """Print the scores of weeks, by the outlook that counts: one week in full, more as a line each."""
    counting = {}
    for week, rows in scored.items():
        outlook = outlook_that_counts(workspace, week)
        if outlook is not None:
            counting[week] = rows[rows["run_id"] == outlook.run_id]
    if len(counting) == 1:
        _show_one(workspace, *next(iter(counting.items())))
        return
    share = workspace.settings.learn.area_share
    lines = []
    for week, rows in counting.items():
        at_share = rows[np.isclose(rows["area_share"], share)].groupby("model")[["hits", "total"]].sum()
        figures = {str(name): line for name, line in at_share.to_dict("index").items()}
        ours, theirs = figures[str(Stream.OUTLOOK)], figures[str(Stream.BASELINE)]
        counts = (ours["total"], ours["hits"], theirs["hits"])
        lines.append((week, STATES[rows["state"].iloc[0]], *(number(count, 1) for count in counts)))
    table(
        ("week", "stand", "gemeld", "raak", "ernaast"),
        lines,
        right=(2, 3, 4),
        title=f"Nagemeten: {len(lines)} weken",
    )
    _explain(share, baseline_label(workspace, counting))


def _show_one(workspace: Workspace, week: str, rows: pd.DataFrame) -> None:
    share = workspace.settings.learn.area_share
    named = baseline_label(workspace, [week])
    lines = []
    for crime_type, of_type in rows.groupby("crime_type", sort=True):
        label = workspace.settings.crime_types[str(crime_type)].label
        outlook = of_type[of_type["model"] == str(Stream.OUTLOOK)].set_index("area_share")["hits"].to_dict()
        whole_town = of_type["model"].isin([str(Stream.OUTLOOK), str(Stream.BASELINE)])
        shown = of_type[~whole_town | np.isclose(of_type["area_share"], share)]
        for row in shown.to_dict("records"):
            lines.append(
                (
                    label,
                    named if row["model"] == str(Stream.BASELINE) and named else Stream(row["model"]).label,
                    _percent(row["area_share"]),
                    number(row["hits"], 1),
                    number(outlook[row["area_share"]], 1),
                    number(row["total"], 1),
                )
            )
    table(
        ("soort", "wie wees aan", "van de stad", "raak", "evenveel", "gemeld"),
        lines,
        right=(2, 3, 4, 5),
        title=f"{week}: {STATES[rows['state'].iloc[0]]}",
    )
    say("Evenveel: wat de vooruitblik raakte met evenveel vakken, waar ook in de stad.")


def show_weeks(workspace: Workspace, weeks: pd.DataFrame, summed: pd.DataFrame, *, crime_type: str) -> None:
    """Print the table of weeks and what it allows to say."""
    if weeks.empty:
        say("Er is nog geen week met een vooruitblik. Maak er een met ‘stip outlook run’.")
        return
    label = f": {workspace.settings.crime_types[crime_type].label}" if crime_type else ""
    table(
        ("week", "stand", "verwacht", "gemeld", "raak", "ernaast", "uren", "bezocht"),
        [_line(row) for row in weeks.to_dict("records")],
        right=(2, 3, 4, 5, 6, 7),
        title=f"De laatste weken{label}",
    )
    _explain(workspace.settings.learn.area_share, baseline_label(workspace, weeks["week"]))
    if not crime_type:
        say(TYPES_APART)
    say("Bezocht: van de plekken waarover het team iets terugkoppelde.")
    say("Bezoek kan meldingen voorkomen. Deze tabel meet of het klopte, niet of het hielp.")
    chosen = crime_type or _OVERALL
    _show_verdicts(
        summed[summed["crime_type"] == chosen], people_beside(summed, workspace.settings.learn, crime_type=chosen)
    )


def _show_verdicts(summed: pd.DataFrame, people: list[Judged]) -> None:
    if summed.empty:
        say("Nog geen uitspraak mogelijk: er is nog geen week definitief.")
        return
    outlook = summed["stream"] == str(Stream.OUTLOOK)
    of_people = summed["stream"].isin([str(judged.stream) for judged in people])
    too_few = summed["verdict"] == str(Verdict.TOO_FEW)
    for sentence in summed.loc[outlook | (~of_people & ~too_few), "sentence"]:
        say(f"• {sentence}")
    others = summed.loc[~outlook & ~of_people & too_few, "stream"]
    if len(others):
        named = ", ".join(Stream(name).label for name in others)
        say(f"• Te weinig gegevens voor een uitspraak over: {named}.")
    say("Wie had gelijk, mensen of de rekenmethode? Allen samen geteld, nooit per persoon:")
    for judged in people:
        say(f"• {judged.sentence}")


def _line(row: dict[Hashable, Any]) -> tuple[str, ...]:
    def figure(name: str, decimals: int = 0) -> str:
        return "–" if pd.isna(row[name]) else number(row[name], decimals).removesuffix(",0")

    told_of = row["places_visited"] + row["places_not_visited"]
    return (
        str(row["week"]),
        _SHORT[row["state"]],
        f"{figure('expected')} ({figure('low')}–{figure('high')})",
        figure("reported"),
        figure("hits"),
        figure("baseline_hits"),
        figure("visited_hours", 1),
        f"{figure('places_visited')} van {number(told_of)}",
    )


def _explain(area_share: float, baseline: str) -> None:
    beside = f"‘{baseline}’" if baseline else f"de {Stream.BASELINE.label}"
    say(
        f"Raak: meldingen in de {_percent(area_share)} van de stad die de vooruitblik aanwees; ernaast: in die van "
        f"{beside}."
    )


def _percent(share: float) -> str:
    return f"{number(100 * share, 1).removesuffix(',0')} %"
