# SPDX-License-Identifier: EUPL-1.2
"""``stip outlook``: make it, look at it, and test it on the past."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from stip.agreements import check_target
from stip.cli.app import JsonOption, WorkspaceOption
from stip.cli.show import number, say, say_json, table, warn
from stip.errors import WorkspaceError
from stip.outlook import (
    AREA_SHARES,
    backtest,
    compare,
    make_forecasters,
    make_outlook,
    model_label,
    model_names,
    read_history,
    summary,
)
from stip.space import monday, shift_week, week_at
from stip.store import Run, Workspace, latest_run, new_file, read_areas, read_cells
from stip.words import day, share

app = typer.Typer(no_args_is_help=True, help="Kijk vooruit: wat is waar te verwachten, en hoe vaak klopte dat?")

WeekOption = Annotated[str, typer.Option(help="De ISO-week, zoals 2026-W37; anders de komende week.")]
_SHOWN = 10
_JUDGED = 0.03


@app.command("run")
def run(workspace: WorkspaceOption = Path(), week: WeekOption = "", json: JsonOption = False) -> None:
    """Maak de vooruitblik van een week, naast de gewone telling, en bewaar hem."""
    opened = Workspace.open(workspace)
    made = make_outlook(opened, week or _next_week(opened), progress=warn)
    _show(opened, made, json=json)


@app.command("show")
def show(workspace: WorkspaceOption = Path(), week: WeekOption = "", json: JsonOption = False) -> None:
    """Toon de laatste vooruitblik: de bovenste vakken, waarom, en hoe vaak het klopte."""
    opened = Workspace.open(workspace)
    found = latest_run(opened, "outlook", week or None)
    if found is None:
        about = f" van {week}" if week else ""
        raise WorkspaceError(f"Er is nog geen vooruitblik{about}. Maak hem met ‘stip outlook run’.")
    _show(opened, found, json=json)


@app.command("models")
def models(json: JsonOption = False) -> None:
    """Toon welke manieren van vooruitkijken er zijn."""
    names = model_names()
    if json:
        say_json([{"name": name, "label": model_label(name)} for name in names])
        return
    table(("naam", "wat het is"), [(name, model_label(name)) for name in names])


@app.command("backtest")
def test(
    workspace: WorkspaceOption = Path(),
    crime_type: Annotated[str, typer.Option("--type", help="De soort melding; anders alle uit stip.toml.")] = "",
    weeks: Annotated[int, typer.Option(min=1, help="Over hoeveel weken tot en met de laatste hele week.")] = 52,
    models: Annotated[str, typer.Option(help="Namen met komma's ertussen; anders alle.")] = "",
    until: Annotated[str, typer.Option(help="De week na de laatste; anders de week waarin het nu is.")] = "",
    csv: Annotated[Path | None, typer.Option(help="Schrijf alle scores, een rij per week, naar dit bestand.")] = None,
    json: JsonOption = False,
) -> None:
    """Toets op het verleden: wat was verwacht met wat toen bekend was, en wat kwam er."""
    opened = Workspace.open(workspace)
    settings = opened.settings
    types = (crime_type,) if crime_type else settings.outlook.targets
    for name in types:
        check_target(settings, name)
    names = tuple(part.strip() for part in models.split(",") if part.strip()) or tuple(model_names())
    forecasters = make_forecasters(names, types, settings.outlook)
    history = read_history(opened, until or _next_week(opened), crime_types=types)
    rows = backtest(
        history,
        forecasters,
        weeks=weeks,
        refit_weeks=settings.outlook.refit_weeks,
        final_after_weeks=settings.learn.final_after_weeks,
    )
    if csv is not None:
        with new_file(csv) as half:
            rows.to_csv(half, index=False)
        warn(f"{number(len(rows))} rijen met scores staan in {csv}.")
    added = summary(rows)
    beside = (
        compare(rows, settings.outlook.model, seed=settings.outlook.seed) if settings.outlook.model in names else None
    )
    if json:
        pairs = [] if beside is None else beside.to_dict("records")
        say_json({"summary": added.to_dict("records"), "compare": pairs})
        return
    for name in types:
        _show_backtest(settings.crime_types[name].label, added[added["crime_type"] == name])
    if beside is not None:
        _show_compare(beside, settings.outlook.model)


def _next_week(workspace: Workspace) -> str:
    """Return the week after the last in which something became known."""
    from stip.store import read_incidents  # the CLI asks the data, not the clock: a town in the past works too

    incidents = read_incidents(workspace)
    if incidents.empty:
        raise WorkspaceError("Er zijn nog geen meldingen. Lees eerst een bestand in met ‘stip intake file’.")
    return shift_week(week_at(incidents["known_at"].max().to_pydatetime(), workspace.settings.town.time_zone), 1)


def _show(workspace: Workspace, made: Run, *, json: bool) -> None:
    outlook, record = made.table("outlook"), made.table("record")
    if json:
        top = outlook[outlook["tier"] <= 3].sort_values("expected", ascending=False)
        say_json(
            {
                "run_id": made.run_id,
                "week": made.week,
                "notes": made.notes,
                "top": [_plain(workspace, row) for row in top.to_dict("records")],
                "record": summary(record).to_dict("records") if len(record) else [],
            }
        )
        return
    first = monday(made.week)
    say(f"Vooruitblik {workspace.settings.town.name}, {made.week} (vanaf maandag {day(first)})")
    for line in made.notes["warnings"]:
        say(f"Let op. {line}")
    names = read_areas(workspace).names()
    areas = read_cells(workspace).set_index("cell")["area_code"].map(names).fillna("")
    for crime_type, facts in made.notes["by_type"].items():
        rows = outlook[outlook["crime_type"] == crime_type].sort_values("expected", ascending=False)
        label = workspace.settings.crime_types[crime_type].label
        say("")
        say(f"{label}: in de hele gemeente {number(facts['expected_total'], 1)} meldingen verwacht.")
        table(
            ("vak", "buurt", "verwacht", "tussen", "waarom"),
            [
                (
                    workspace.grid.name(int(row["cell"])),
                    str(areas.get(row["cell"], "")),
                    number(row["expected"], 2),
                    f"{number(row['low'])}–{number(row['high'])}",
                    "; ".join(row["reasons"]),
                )
                for row in rows.head(_SHOWN).to_dict("records")
            ],
            right=(2, 3),
        )
        say(facts["verdict"]["text"])
        judged = record[(record["crime_type"] == crime_type) & (record["area_share"].sub(_JUDGED).abs() < 1e-9)]
        for line in _by_model(judged):
            say(line)
    say("")
    say("Een vooruitblik gaat over plekken, nooit over mensen. Zij is geen grond om iemand te controleren.")


def _by_model(judged: pd.DataFrame) -> list[str]:
    if judged.empty:
        return []
    added = judged.groupby("model")[["hits", "total"]].sum().sort_values("hits", ascending=False)
    return [
        f"  {model_label(str(model))}: {number(row['hits'])} van {number(row['total'])}"
        for model, row in added.iterrows()
    ]


def _plain(workspace: Workspace, row: dict[Hashable, Any]) -> dict[Hashable, Any]:
    kept = {name: value for name, value in row.items() if name != "run_id"}
    return kept | {"name": workspace.grid.name(row["cell"]), "reasons": list(row["reasons"])}


def _show_backtest(label: str, added: pd.DataFrame) -> None:
    judged = added[(added["area_share"] - _JUDGED).abs() < 1e-9]
    total, weeks = float(judged["total"].max()), int(judged["weeks"].max())
    wide = added.assign(rate=added["hits"]).pivot_table(index="model", columns="area_share", values="hits")
    order = judged.set_index("model")["hits"].sort_values(ascending=False).index
    extra = judged.set_index("model")
    table(
        ("", *(f"in {number(100 * s)} %" for s in AREA_SHARES), "PAI", "PEI*", "verwacht : kwam"),
        [
            (
                model_label(str(name)),
                *(share(float(wide[s][name]), total) for s in AREA_SHARES),
                number(extra.loc[name, "pai"], 1),
                number(extra.loc[name, "pei_star"], 2),
                number(extra.loc[name, "calibration"], 2),
            )
            for name in order
        ],
        right=range(1, 8),
        title=f"{label}: {number(total)} meldingen in {weeks} weken; deel dat viel in zoveel procent van het gebied",
    )


def _show_compare(beside: pd.DataFrame, model: str) -> None:
    judged = beside[(beside["area_share"] - _JUDGED).abs() < 1e-9]
    table(
        ("soort", f"{model_label(model)} naast", "treffers", "die van hen", "verhouding", "tussen"),
        [
            (
                row["crime_type"],
                model_label(row["beside"]),
                number(row["hits"]),
                number(row["beside_hits"]),
                number(row["ratio"], 3),
                f"{number(row['ratio_low'], 2)}–{number(row['ratio_high'], 2)}",
            )
            for row in judged.to_dict("records")
        ],
        right=(2, 3, 4, 5),
        title="Verschil in 3 % van het gebied, met de grenzen waarbinnen het met 95 % zekerheid ligt",
    )
