# SPDX-License-Identifier: EUPL-1.2
"""``stip outlook run --all``: the outlooks of many towns, and what became of each."""

from __future__ import annotations

import os
from pathlib import Path

import typer

from stip.cli.show import number, say_json, table, warn
from stip.outlook import Outcome, TownReport, outlooks_here, outlooks_on, workspaces_in

_WORDS = {Outcome.MADE: "gemaakt", Outcome.FOUND: "was er al", Outcome.FAILED: "mislukt"}


def run_many(folder: Path, week: str, *, workers: int, cluster: str, json: bool) -> None:
    """Make them, tell each as it ends, and end with exit 1 when one failed."""
    roots = workspaces_in(folder)
    if cluster:
        reports = outlooks_on(cluster, roots, week, reported=_tell)
    else:
        reports = outlooks_here(roots, week, workers=workers or os.cpu_count() or 1, reported=_tell)
    if json:
        say_json([report.to_dict() for report in reports])
    else:
        rows = [(r.town, _WORDS[r.outcome], r.week, r.run_id or r.why) for r in reports]
        table(("gemeente", "hoe het afliep", "week", "uitkomst"), rows)
    failed = sum(report.outcome is Outcome.FAILED for report in reports)
    warn(f"{number(len(reports) - failed)} van de {number(len(reports))} gemeenten hebben hun vooruitblik.")
    if failed:
        warn("Los op wat er staat bij ‘mislukt’ en start opnieuw; wat klaar is, wordt niet nog eens gedaan.")
        raise typer.Exit(1)


def _tell(report: TownReport) -> None:
    warn(f"{report.town}: {_WORDS[report.outcome]} ({number(report.seconds, 1)} s)")
