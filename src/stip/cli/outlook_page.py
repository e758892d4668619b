# SPDX-License-Identifier: EUPL-1.2
"""How an outlook and a backtest look on the terminal."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd

from stip.cli.show import number, say, say_json, table
from stip.outlook import AREA_SHARES, model_label, summary
from stip.settings import CrimeType
from stip.space import monday
from stip.store import Run, Workspace, read_areas, read_cells
from stip.words import counted, day, share

_SHOWN = 10
_JUDGED = 0.03


def outlook_as_json(workspace: Workspace, made: Run) -> None:
    """Print an outlook as JSON: what stands high, its notes and its record."""
    outlook, record = made.table("outlook"), made.table("record")
    top = outlook[outlook["tier"] <= 100 * _JUDGED].sort_values("expected", ascending=False)
    say_json(
        {
            "run_id": made.run_id,
            "week": made.week,
            "notes": made.notes,
            "top": [_plain(workspace, row) for row in top.to_dict("records")],
            "record": as_lines(summary(record, n_cells=outlook["cell"].nunique())) if len(record) else [],
        }
    )


def as_lines(figures: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """Return a table as JSON can hold it: a figure that is missing is null."""
    return figures.astype(object).where(figures.notna(), None).to_dict("records")


def show_outlook(workspace: Workspace, made: Run) -> None:
    """Print an outlook: the highest cells of each type with their reasons, and how often it was right."""
    outlook, record = made.table("outlook"), made.table("record")
    say(f"Vooruitblik {workspace.settings.town.name}, {made.week} (vanaf maandag {day(monday(made.week))})")
    say("Een vooruitblik gaat over plekken, nooit over mensen. Zij is geen grond om iemand te controleren.")
    for line in made.notes["warnings"]:
        say(f"Let op. {line}")
    names = read_areas(workspace).names()
    areas = read_cells(workspace).set_index("cell")["area_code"].map(names).fillna("")
    for crime_type, facts in made.notes["by_type"].items():
        rows = outlook[outlook["crime_type"] == crime_type].sort_values("expected", ascending=False)
        label = workspace.settings.crime_types[crime_type].label
        say("")
        say(
            f"{label}: {number(facts['expected_total'], 1)} meldingen verwacht in de hele gemeente. "
            "De hoogste vakken:"
        )
        _cells(workspace, areas, rows.head(_SHOWN))
        say(facts["verdict"]["text"])
        _by_model(record[(record["crime_type"] == crime_type) & (record["area_share"] == _JUDGED)], made)


def _cells(workspace: Workspace, areas: pd.Series[str], rows: pd.DataFrame) -> None:
    table(
        ("vak", "buurt", "verwacht", "tussen", "feiten"),
        [
            (
                workspace.grid.name(int(row["cell"])),
                str(areas.get(row["cell"], "")),
                number(row["expected"], 2),
                f"{number(row['low'])} en {number(row['high'])}" if row["high"] else "meestal 0",
                "\n".join(row["reasons"]),
            )
            for row in rows.to_dict("records")
        ],
        right=(2, 3),
    )


def _by_model(judged: pd.DataFrame, made: Run) -> None:
    if judged.empty:
        return
    added = judged.groupby("model")[["hits", "total"]].sum().sort_values("hits", ascending=False)
    table(
        (f"in 3 % van de vakken, {judged['week'].nunique()} weken", "meldingen", "van alle", "deel"),
        [
            (
                model_label(str(model)),
                counted(row["hits"]),
                counted(row["total"]),
                share(float(row["hits"]), float(row["total"])),
            )
            for model, row in added.iterrows()
        ],
        right=(1, 2, 3),
    )


def _plain(workspace: Workspace, row: dict[Hashable, Any]) -> dict[Hashable, Any]:
    kept = {name: value for name, value in row.items() if name != "run_id"}
    return kept | {"name": workspace.grid.name(row["cell"]), "reasons": list(row["reasons"])}


def show_backtest(crime_types: dict[str, CrimeType], added: pd.DataFrame, beside: pd.DataFrame) -> None:
    """Print the figures of a backtest, each crime type apart, and how sure the differences are."""
    for name, figures in added.groupby("crime_type", sort=False):
        _figures(crime_types[str(name)].label, figures)
    if beside.empty:  # a model alone: the baseline of the settings
        return
    judged = beside[beside["area_share"] == _JUDGED]
    table(
        ("", f"{model_label(str(judged['model'].iloc[0]))} naast", "meldingen", "bij die", "verhouding", "tussen"),
        [
            (
                crime_types[row["crime_type"]].label,
                model_label(row["beside"]),
                number(row["hits"]),
                number(row["beside_hits"]),
                number(row["ratio"], 3),
                f"{number(row['ratio_low'], 2)} en {number(row['ratio_high'], 2)}",
            )
            for row in judged.to_dict("records")
        ],
        right=(2, 3, 4, 5),
    )
    say("Dit gaat over 3 % van de vakken. Met 95 % zekerheid ligt de verhouding tussen de laatste twee getallen.")


def _figures(label: str, figures: pd.DataFrame) -> None:
    hits = figures.pivot_table(index="model", columns="area_share", values="hits")
    judged = figures[figures["area_share"] == _JUDGED].set_index("model").sort_values("hits", ascending=False)
    total, weeks = float(judged["total"].max()), int(judged["weeks"].max())
    say("")
    say(f"{label}: {number(total)} meldingen in {weeks} weken. Welk deel viel in zoveel procent van de vakken?")
    table(
        ("", *(f"{number(100 * part)} %" for part in AREA_SHARES), "PAI", "PEI*", "verwacht : kwam"),
        [
            (
                model_label(str(name)),
                *(share(float(hits[part][str(name)]), total) for part in AREA_SHARES),
                number(row["pai"], 1),
                number(row["pei_star"], 2),
                _figure(row["calibration"], 2),
            )
            for name, row in judged.iterrows()
        ],
        right=range(1, 8),
    )
    table(
        ("met 95 % zekerheid tussen", "deel in 3 %", "PAI", "PEI*", "verwacht : kwam"),
        [
            (
                model_label(str(name)),
                _between(row, "hit_rate", 0, 100, " %"),
                _between(row, "pai", 1),
                _between(row, "pei_star", 2),
                _between(row, "calibration", 2),
            )
            for name, row in judged.iterrows()
        ],
        right=range(1, 5),
    )
    final = int(judged["final_weeks"].max())
    say(
        f"‘Verwacht : kwam’ gaat over de {number(final)} van {number(weeks)} weken die definitief zijn."
        if final
        else "Geen van deze weken is definitief: er komen nog meldingen bij. ‘Verwacht : kwam’ is nog niet bekend."
    )


def _figure(value: float, decimals: int) -> str:
    return "–" if np.isnan(value) else number(value, decimals)


def _between(row: pd.Series[Any], name: str, decimals: int, times: float = 1, unit: str = "") -> str:
    low, high = float(row[f"{name}_low"]), float(row[f"{name}_high"])
    if np.isnan(low):
        return "–"
    return f"{number(times * low, decimals)} en {number(times * high, decimals)}{unit}"


def show_coverage(crime_types: dict[str, CrimeType], held: pd.DataFrame, model: str) -> None:
    """Print how often the 80 % intervals of the model held, on weeks that they were not learned from."""
    mine = held[held["model"] == model]
    if mine.empty:
        say("Of de intervallen kloppen, is pas te zeggen over meer weken: neem --weeks 26 of meer.")
        return
    where = {"town": "de hele gemeente", "best": f"{number(100 * _JUDGED)} % van de vakken samen"}
    table(
        ("interval van 80 %", "over", "klopte in", "van de weken"),
        [
            (
                crime_types[row["crime_type"]].label,
                where[row["where"]],
                number(row["inside"]),
                number(row["weeks"]),
            )
            for row in mine.to_dict("records")
        ],
        right=(2, 3),
    )
