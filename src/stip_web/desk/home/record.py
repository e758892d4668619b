# SPDX-License-Identifier: EUPL-1.2
"""Last week in one line, and whether the outlook is of use."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from stip.learn import latest_score
from stip.outlook import SURE, model_label
from stip.space import shift_week
from stip.store import Workspace, latest_run
from stip.words import counted, number
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.desk.home.task import Task
from stip_web.workspaces.clock import this_week


def last_week_task(user: User, workspace: Workspace) -> Task | None:
    """How many of last week's reports fell in the cells of its outlook, beside its baseline."""
    before = shift_week(this_week(workspace), -1)
    outlook = latest_run(workspace, "outlook", before)
    score = latest_score(workspace, outlook) if outlook is not None else None
    title = f"Vorige week (week {int(before[-2:])})"
    if outlook is None or score is None:
        return Task(title, ("Over vorige week is nog niets nageteld.",))
    area_share = workspace.settings.learn.area_share
    rows = score.table("score")
    rows = rows[(rows["area_share"] == area_share)]
    total = rows[rows["model"] == "outlook"]["total"].sum()
    hits = rows.groupby("model")["hits"].sum()
    baseline = str(outlook.notes["baseline"])
    lines = [
        f"In de vakken van de vooruitblik ({number(100 * area_share)} % van de gemeente) vielen "
        f"{counted(hits['outlook'])} van de {counted(total)} meldingen."
    ]
    if "baseline" in hits:
        lines.append(f"In even veel vakken van ‘{model_label(baseline)}’: {counted(hits['baseline'])}.")
    if score.notes["state"] == "provisional":
        lines.append("Dit is voorlopig: er komen nog meldingen bij.")
    link = "Hoe vaak kwam het uit?" if user.may(May.OUTLOOK_READ) else ""
    return Task(title, tuple(lines), "", link, reverse("outlooks:latest") + "#record" if link else "")


def useful_task(user: User, workspace: Workspace) -> Task:
    """Give the verdict of each type in a line, as the last outlook froze it; its own page has every figure."""
    run = latest_run(workspace, "outlook")
    types = workspace.settings.crime_types
    title = "Heeft de vooruitblik nut?"
    found = {code: facts["verdict"] for code, facts in (run.notes.get("by_type", {}) if run else {}).items()}
    judged = {code: verdict for code, verdict in found.items() if code in types and "best" in verdict}
    if not judged:
        return Task(title, ("Daar is nog niets over te zeggen: er is te weinig nageteld.",))
    lines = [f"{types[code].label}: {_in_short(verdict)}" for code, verdict in judged.items()]
    weeks = max(int(verdict["weeks"]) for verdict in judged.values())
    lines.append(f"Gevangen meldingen over {weeks} weken, naast de telling die er het meest ving.")
    link = "Alle cijfers" if user.may(May.OUTLOOK_READ) else ""
    return Task(title, tuple(lines), "", link, reverse("outlooks:latest") + "#record" if link else "")


def _in_short(verdict: dict[str, Any]) -> str:
    """Say hits beside the best of the rest, and whether that difference is sure."""
    hits, best, total = (number(verdict[name]) for name in ("hits", "best_hits", "total"))
    certainty = verdict.get("certainty", 0.5)
    sure = "beter" if certainty > SURE else "slechter" if certainty < 1 - SURE else "verschil kan toeval zijn"
    return f"{hits} van {total}, telling {best}; {sure}."
