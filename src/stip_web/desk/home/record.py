# SPDX-License-Identifier: EUPL-1.2
"""Last week in one line, and whether the outlook is of use."""

from __future__ import annotations

import pandas as pd
from django.urls import reverse

from stip.learn import latest_score
from stip.outlook import NOTHING_YET, judgement_of, model_label
from stip.publish import coarse_score
from stip.space import shift_week
from stip.store import Workspace, latest_run
from stip.words import counted, number
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.desk.home.task import Task
from stip_web.desk.small import sees_all
from stip_web.workspaces.clock import this_week


def last_week_task(user: User, workspace: Workspace) -> Task | None:
    """How many of last week's reports fell in the cells of its outlook, beside its baseline."""
    before = shift_week(this_week(workspace), -1)
    outlook = latest_run(workspace, "outlook", before)
    score = latest_score(workspace, outlook) if outlook is not None else None
    title = f"Vorige week (week {int(before[-2:])})"
    if outlook is None or score is None:
        return Task(title, ("Over vorige week is nog niets nageteld.",))
    exact = sees_all(user)
    rows = score.table("score") if exact else coarse_score(workspace, outlook, score)
    rows = rows[rows["area_share"] == workspace.settings.learn.area_share]
    lines = _caught(workspace, rows, str(outlook.notes["baseline"])) if exact else _rounded(rows)
    if score.notes["state"] == "provisional":
        lines.append("Dit is voorlopig: er komen nog meldingen bij.")
    link = "Hoe vaak kwam het uit?" if user.may(May.OUTLOOK_READ) else ""
    return Task(title, tuple(lines), "", link, reverse("outlooks:latest") + "#record" if link else "")


def _caught(workspace: Workspace, rows: pd.DataFrame, baseline: str) -> list[str]:
    area_share = workspace.settings.learn.area_share
    hits = rows.groupby("model")["hits"].sum()
    said = [
        f"In de vakken van de vooruitblik ({number(100 * area_share)} % van de gemeente) vielen "
        f"{counted(hits['outlook'])} van de {counted(_came(rows))} meldingen."
    ]
    if "baseline" in hits:
        said.append(f"In even veel vakken van ‘{model_label(baseline)}’: {counted(hits['baseline'])}.")
    return said


def _rounded(rows: pd.DataFrame) -> list[str]:
    """Say no hits: rounded to fives, those of one week would name a winner where there is none."""
    return [
        f"Er kwamen ongeveer {counted(_came(rows))} meldingen. Hoeveel er in de vakken van de vooruitblik vielen, "
        "is in één week te weinig om afgerond te vertellen; het oordeel over langere tijd staat hieronder."
    ]


def _came(rows: pd.DataFrame) -> float:
    return float(rows[rows["model"] == "outlook"]["total"].sum())


def useful_task(user: User, workspace: Workspace) -> Task:
    """Give the judgement that the last outlook froze; its own page has every figure."""
    labels = {name: kind.label for name, kind in workspace.settings.crime_types.items()}
    fine = user.may(May.OUTLOOK_READ)
    judged = judgement_of(latest_run(workspace, "outlook"), labels, exact=fine)
    title = "Heeft de vooruitblik nut?"
    if not judged.lines:
        return Task(title, (NOTHING_YET,))
    link = "Alle cijfers" if fine else ""
    lines = (*judged.lines, judged.over)
    return Task(title, lines, "", link, reverse("outlooks:latest") + "#record" if link else "")
