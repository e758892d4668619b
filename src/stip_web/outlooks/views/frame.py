# SPDX-License-Identifier: EUPL-1.2
"""What every page about one outlook shows: which week, which frozen run, whether it is intact, what asks for care."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from stip.outlook import model_label
from stip.store import Run, Workspace
from stip_web.accounts.door import user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.outlooks.beside import choices
from stip_web.outlooks.cautions import warnings_of
from stip_web.outlooks.choice import Choice
from stip_web.outlooks.labels import labels_of
from stip_web.outlooks.runs import (
    is_intact,
    is_plain_count,
    made_at,
    outlooks_of,
    planned_on,
    weeks_with_outlook,
)

TABS = (
    ("week", "Vooruitblik", (May.OUTLOOK_READ, May.OUTLOOK_COARSE)),
    ("cells", "Lijst", (May.OUTLOOK_READ,)),
    ("changes", "Wijzigingen", (May.OUTLOOK_READ,)),
    ("record", "Trackrecord", (May.OUTLOOK_READ, May.OUTLOOK_COARSE)),
    ("model", "Model", (May.OUTLOOK_READ, May.OUTLOOK_COARSE)),
)
_OF_A_WEEK = ("week", "cells", "changes")


def frame_of(request: HttpRequest, workspace: Workspace, run: Run, choice: Choice, tab: str) -> dict[str, Any]:
    """Give the frame of a page about one outlook."""
    user = user_of(request)
    intact = is_intact(workspace, run)
    labels = labels_of(workspace)
    weeks = weeks_with_outlook(workspace)
    place = weeks.index(run.week)
    return {
        "run": run,
        "week_of": run.week,
        "choice": choice,
        "labels": labels,
        "kinds": {name: labels[name] for name in run.notes["by_type"]},
        "kind_label": labels[choice.crime_type] if choice.crime_type else "alle soorten samen",
        "besides": choices(run),
        "intact": intact,
        "seal": str(run.facts.get("seal", "")),
        "made_at": made_at(run),
        "model_label": model_label(str(run.notes["model"])),
        "plain": is_plain_count(run),
        "planned_on": planned_on(run, labels),
        "warnings": warnings_of(workspace, run, intact=intact),
        "others": [each for each in outlooks_of(workspace, run.week) if each.run_id != run.run_id],
        "previous_week": weeks[place - 1] if place else "",
        "next_week": weeks[place + 1] if place + 1 < len(weeks) else "",
        "fine": user.may(May.OUTLOOK_READ),
        "may_change": user.may(May.OUTLOOK_CHANGE),
        "may_own": user.may(May.OUTLOOK_CHANGE, May.OUTLOOK_OWN),
        "may_run": user.may(May.OUTLOOK_RUN),
        "may_see_dots": user.may(May.DOTS_FINE, May.DOTS_COARSE),
        **_addresses(run.week, choice),
        "tabs": [
            {
                "label": label,
                "url": choice.url(_address(view, run.week)),
                "current": view == tab,
            }
            for view, label, permissions in TABS
            if user.may(*permissions)
        ],
    }


def _addresses(week: str, choice: Choice) -> dict[str, Any]:
    pages = {
        f"{name}_url": choice.url(reverse(f"outlooks:{view}", args=[week]))
        for name, view in (("week", "week"), ("list", "cells"), ("drawing", "drawing"), ("squares", "squares"))
    }
    forms = {"CSV": "csv", "JSON": "json", "GeoJSON": "geojson"}
    twins = [(name, choice.url(reverse("outlooks:week_twin", args=[week, form]))) for name, form in forms.items()]
    return pages | {"twins": twins}


def _address(view: str, week: str) -> str:
    if view in _OF_A_WEEK:
        return reverse(f"outlooks:{view}", args=[week])
    return f"{reverse(f'outlooks:{view}')}?week={week.lower()}"
