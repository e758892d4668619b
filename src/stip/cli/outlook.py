# SPDX-License-Identifier: EUPL-1.2
"""``stip outlook``: make it, look at it, and test it on the past."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from stip.agreements import check_stage, check_target
from stip.cli.app import JsonOption, WorkspaceOption
from stip.cli.outlook_districts import districts_as_json, show_districts
from stip.cli.outlook_many import run_many
from stip.cli.outlook_page import as_lines, outlook_as_json, show_backtest, show_coverage, show_outlook
from stip.cli.show import number, say_json, table, warn
from stip.errors import SettingsError, WorkspaceError
from stip.outlook import (
    Coverage,
    DistrictScores,
    Forecast,
    backtest,
    by_district,
    check_no_leaks,
    compare,
    coverage_of,
    make_forecasters,
    make_outlook,
    model_label,
    model_names,
    read_districts,
    read_history,
    summary,
)
from stip.store import Workspace, first_open_week, latest_run, new_file

app = typer.Typer(no_args_is_help=True, help="Kijk vooruit: wat is waar te verwachten?")


class By(StrEnum):
    """Into what parts a backtest can be taken apart."""

    DISTRICT = "district"


WeekOption = Annotated[str, typer.Option(help="De ISO-week, zoals 2026-W37; anders de eerste die nog open is.")]


@app.command("run")
def run(
    workspace: WorkspaceOption = Path(),
    week: WeekOption = "",
    every: Annotated[
        Path | None,
        typer.Option("--all", help="Een map met werkmappen: maak de vooruitblik van elke gemeente daarin."),
    ] = None,
    workers: Annotated[
        int, typer.Option(min=0, help="Met --all: zoveel gemeenten tegelijk; 0 is een per processorkern.")
    ] = 0,
    cluster: Annotated[
        str, typer.Option(help="Met --all: het adres van een Dask-cluster dat rekent, zoals tcp://10.0.0.5:8786.")
    ] = "",
    json: JsonOption = False,
) -> None:
    """Maak de vooruitblik van een week, met gewone tellingen ernaast, en bewaar hem."""
    if every is not None:
        run_many(every, week, workers=workers, cluster=cluster, json=json)
        return
    if cluster or workers:
        raise SettingsError("--cluster en --workers horen bij --all MAP: één gemeente rekent op deze machine.")
    opened = Workspace.open(workspace)
    made = make_outlook(opened, week or _next_week(opened), progress=warn)
    (outlook_as_json if json else show_outlook)(opened, made)


@app.command("show")
def show(workspace: WorkspaceOption = Path(), week: WeekOption = "", json: JsonOption = False) -> None:
    """Toon de laatste vooruitblik: de hoogste vakken, de feiten erbij, en hoe vaak het klopte."""
    opened = Workspace.open(workspace)
    check_stage(opened, "outlook")
    found = latest_run(opened, "outlook", week or None)
    if found is None:
        about = f" van {week}" if week else ""
        raise WorkspaceError(f"Er is nog geen vooruitblik{about}. Maak hem met ‘stip outlook run’.")
    (outlook_as_json if json else show_outlook)(opened, found)


@app.command("models")
def models(json: JsonOption = False) -> None:
    """Toon welke manieren van vooruitkijken er zijn."""
    labels = {name: model_label(name) for name in model_names()}
    if json:
        say_json([{"name": name, "label": label} for name, label in labels.items()])
    else:
        table(("naam", "wat het is"), labels.items())


@app.command("backtest")
def test(
    workspace: WorkspaceOption = Path(),
    crime_type: Annotated[str, typer.Option("--type", help="De soort melding; anders alle uit stip.toml.")] = "",
    weeks: Annotated[int, typer.Option(min=1, help="Over hoeveel weken.")] = 52,
    models: Annotated[str, typer.Option(help="Namen met komma's ertussen; anders alle die snel zijn.")] = "",
    until: Annotated[str, typer.Option(help="De week na de laatste; anders de eerste die nog open is.")] = "",
    csv: Annotated[Path | None, typer.Option(help="Schrijf alle scores, een rij per week, naar dit bestand.")] = None,
    guard: Annotated[bool, typer.Option("--guard", help="Kijk ook na of geen model de toekomst gebruikt.")] = False,
    by: Annotated[
        By | None, typer.Option(help="Toon ook hoe het in elke wijk gaat: district. Dan valt een slechte wijk op.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Toets op het verleden: wat was verwacht met wat toen bekend was, en wat kwam er."""
    opened = Workspace.open(workspace)
    settings = opened.settings
    types = (crime_type,) if crime_type else settings.outlook.targets
    for name in types:
        check_target(settings, name)
    asked = [part.strip() for part in models.split(",") if part.strip()] or model_names(slow=False)
    names = tuple(dict.fromkeys((*asked, settings.outlook.baseline)))  # no model without its baseline
    forecasters = make_forecasters(names, types, settings.outlook)
    history = read_history(opened, until or _next_week(opened), crime_types=types)
    if guard:
        warn("Nakijken of geen model de toekomst gebruikt.")
        check_no_leaks(
            history,
            lambda _: make_forecasters(names, types, settings.outlook),
            week=max(history.cutoff_week - weeks, history.first_week + 2),
        )
    districts = DistrictScores(history, read_districts(opened, history.area)) if by is By.DISTRICT else None
    coverage = Coverage(history, final_after_weeks=settings.learn.final_after_weeks)

    def watch(forecast: Forecast) -> None:
        coverage.add(forecast)
        if districts is not None:
            districts.add(forecast)

    rows = backtest(
        history,
        forecasters,
        weeks=weeks,
        refit_weeks=settings.outlook.refit_weeks,
        final_after_weeks=settings.learn.final_after_weeks,
        progress=_tell,
        watch=watch,
    )
    if csv is not None:
        with new_file(csv) as half:
            rows.to_csv(half, index=False)
        warn(f"{number(len(rows))} rijen met scores staan in {csv}.")
    subject = settings.outlook.model if settings.outlook.model in names else names[0]
    seed = settings.outlook.seed
    added, beside = summary(rows, n_cells=len(history.area), seed=seed), compare(rows, subject, seed=seed)
    held = coverage_of(coverage.rows())
    apart = None
    if districts is not None:
        beside_it = settings.outlook.baseline if subject != settings.outlook.baseline else names[0]
        apart = by_district(districts.rows(), subject, beside_it, seed=settings.outlook.seed)
    if json:
        answer = {"summary": as_lines(added), "compare": as_lines(beside), "coverage": as_lines(held)}
        say_json(answer if apart is None else answer | districts_as_json(apart))
        return
    show_backtest(settings.crime_types, added, beside)
    show_coverage(settings.crime_types, held, subject)
    if apart is not None:
        show_districts(opened, apart, subject=subject, baseline=beside_it)


def _tell(done: int, weeks: int) -> None:
    if done % 26 == 0 and done < weeks:
        warn(f"{done} van {weeks} weken nagelopen")


def _next_week(workspace: Workspace) -> str:
    """Return the first week that is not delivered wholly: the data decide, not the clock."""
    week = first_open_week(workspace)
    if week is None:
        raise WorkspaceError("Er zijn nog geen meldingen. Lees eerst een bestand in met ‘stip intake file’.")
    return week
