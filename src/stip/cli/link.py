# SPDX-License-Identifier: EUPL-1.2
"""``stip link``: make cells and their context, look up neighbourhoods again, and say how well it went."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import pandas as pd
import typer

from stip.cli.app import DryRunOption, JsonOption, WorkspaceOption
from stip.cli.show import number, say, say_json, table
from stip.link import Linked, link_workspace
from stip.store import Workspace

app = typer.Typer(help="Koppel bronnen aan elkaar op plaats, en zeg hoe goed dat ging.")

_WHAT = {
    "incidents_areas": "Meldingen in buurten van {}",
    "incidents_cells": "Meldingen in vakken van {}",
    "layers_cells": "Laag {} in vakken",
    "features_cells": "Vakken met {}",
    "addresses": "Adressen uit {}",
}
_WORST = 5
_ENOUGH = 10


@app.callback(invoke_without_command=True)
def link(workspace: WorkspaceOption = Path(), json: JsonOption = False, dry_run: DryRunOption = False) -> None:
    """Maak de vakken en hun kenmerken, zoek van elke melding de buurt op, en zeg hoe goed dat ging."""
    opened = Workspace.open(workspace)
    linked = link_workspace(opened, dry_run=dry_run)
    if json:
        say_json(_facts(linked, dry_run=dry_run))
        return
    _say_cells(opened, linked)
    whole = linked.report[linked.report["area_code"].isna()]
    table(
        ("", "aantal", "gekoppeld", "twijfel", "niet"),
        [_row(_WHAT[row["link"]].format(row["subject"]), row) for row in whole.to_dict("records")],
        right=(1, 2, 3, 4),
    )
    say("Twijfel: de melding kan ook bij de buurt ernaast horen, of ligt in een vak aan de rand.")
    _say_worst(linked)
    if linked.recoded:
        say(f"{number(linked.recoded)} meldingen kregen een andere buurt dan eerst, omdat hun plek nu daarin ligt.")
    say("Er is niets geschreven." if dry_run else "De vakken en hun kenmerken zijn bewaard.")


def _say_cells(workspace: Workspace, linked: Linked) -> None:
    town, name = workspace.settings.town, workspace.settings.dwellings.layer
    study = linked.cells["in_study"]
    say(
        f"{town.name}: {number(study.sum())} vakken van {town.cell_m} meter, en {number((~study).sum())} aan de rand."
    )
    dwellings = linked.cells["dwellings"]
    if dwellings.isna().all():
        say(f"Woningen: onbekend, want er is geen laag ‘{name}’. Lees die in met ‘stip intake layer {name} BESTAND’.")
        return
    fewest = workspace.settings.dwellings.minimum
    few = number(dwellings.between(1, fewest - 1).sum())
    say(f"Woningen: {number(dwellings.sum())}. Vakken met 1 tot {fewest - 1} ervan: {few}; los tonen mag niet.")


def _say_worst(linked: Linked) -> None:
    """Show where incidents tie least well to their neighbourhood."""
    by_area = linked.report[(linked.report["link"] == "incidents_areas") & (linked.report["total"] >= _ENOUGH)]
    by_area = by_area.dropna(subset="area_code")
    by_area = by_area.assign(share=by_area["ambiguous"] / by_area["total"])
    worst = by_area[by_area["share"] > 0].sort_values(["share", "area_code"], ascending=[False, True]).head(_WORST)
    if worst.empty:
        return
    names = linked.areas.names()
    table(
        ("meeste twijfel", "meldingen", "twijfel"),
        [
            (names[row["area_code"]], number(row["total"]), f"{number(100 * row['share'])} %")
            for row in worst.to_dict("records")
        ],
        right=(1, 2),
    )


def _row(what: str, row: dict[Hashable, Any]) -> tuple[str, ...]:
    return (what, *(number(row[name]) for name in ("total", "matched", "ambiguous", "unmatched")))


def _facts(linked: Linked, *, dry_run: bool) -> dict[str, Any]:
    study = linked.cells["in_study"]
    dwellings = linked.cells["dwellings"]
    links = linked.report.astype(object).where(linked.report.notna(), None)
    return {
        "area_year": linked.areas.year,
        "cells": int(study.sum()),
        "edge_cells": int((~study).sum()),
        "dwellings": None if dwellings.isna().all() else int(dwellings.sum()),
        "features": list(linked.features.columns),
        "recoded": linked.recoded,
        "written": not dry_run,
        "links": pd.DataFrame(links).to_dict("records"),
    }
