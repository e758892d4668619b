# SPDX-License-Identifier: EUPL-1.2
"""Go on, change or stop: what the stated measure says, the bad news too, the decision and those before it."""

from __future__ import annotations

from typing import Any

import pandas as pd
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from stip.errors import StipError
from stip.learn import (
    EVERY_TYPE,
    CourseChoice,
    Met,
    Side,
    Stream,
    Verdict,
    course_due,
    courses,
    ranking_sentence,
)
from stip.store import Workspace
from stip.words import number
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.desk.twins import twin
from stip_web.evaluations.actions import DecideCourse, role_of
from stip_web.evaluations.facts import last_weeks, outcome_of, ranked, summed
from stip_web.evaluations.forms import CourseForm
from stip_web.evaluations.listing import MET, courses_listing
from stip_web.evaluations.statements import WEEKS
from stip_web.evaluations.views.frame import frame_of, open_workspace
from stip_web.workspaces import clock

_SIGNED = {"bestuur": "het bestuur", "fg": "de functionaris gegevensbescherming"}


@needs(May.LEARN_READ)
@require_http_methods(["GET", "HEAD", "POST"])
@reads_incidents("evaluatie")
def page(request: HttpRequest) -> HttpResponse:
    """Show measure, interval and history; write a decision down for who may."""
    workspace = open_workspace()
    user = user_of(request)
    may = user.may(May.PUBLICATION_APPROVE)
    form = CourseForm(request.POST if request.method == "POST" and may else None)
    if request.method == "POST" and may and form.is_valid():
        asked = form.cleaned_data
        try:
            DecideCourse(
                user,
                workspace=workspace,
                choice=asked["choice"],
                why=asked["reason"],
                decision_id=asked["decision"],
            ).run()
        except StipError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Het besluit is vastgelegd. Het blijft staan; een ander besluit komt ernaast.")
            return HttpResponseRedirect(reverse("evaluations:course"))
    learn = workspace.settings.learn
    outcome = outcome_of(workspace)
    due = course_due(workspace)
    context = frame_of(request, "course") | {
        "learn": learn,
        "outcome": outcome,
        "met": MET[outcome.met],
        "met_is": str(outcome.met),
        "enough": outcome.met is not Met.TOO_FEW,
        "also": bad_news(workspace),
        "due": due,
        "overdue": bool(due) and clock.this_week(workspace) > due,
        "history": _history(workspace)[::-1],
        "form": form,
        "may_decide": may,
        "signed_as": _SIGNED[role_of(user)],
    }
    return render(
        request, "evaluations/course.html", context, status=400 if form.is_bound and request.method == "POST" else 200
    )


@needs(May.LEARN_READ)
@require_safe
@reads_incidents("evaluatie")
def twin_of(request: HttpRequest, form: str) -> HttpResponse:
    """Give the decisions as a list."""
    workspace = open_workspace()
    return twin(request, courses_listing(workspace, _history(workspace)), form)


def bad_news(workspace: Workspace) -> list[str]:
    """Give what does not plead for the work: it belongs to the decision as much as the measure."""
    labels = workspace.settings.crime_types
    said = []
    for row in summed(workspace):
        if row["stream"] == Stream.OUTLOOK and row["verdict"] in (Verdict.WORSE, Verdict.NOT_BETTER):
            kind = "" if row["crime_type"] == EVERY_TYPE else f"{labels[row['crime_type']].label}: "
            said.append(f"{kind}{row['sentence']}")
    found, baseline = ranked(workspace)
    said += [
        ranking_sentence(each, baseline=baseline)
        for each in found
        if each.carries_verdict
        and any(pair.better is not None and pair.better is not Side.OUTLOOK
               and Side.OUTLOOK in (pair.first, pair.second) for pair in each.pairs)
    ]  # fmt: skip
    lines = [line for line in last_weeks(workspace, WEEKS, exact=True) if line["state"] == "final"]
    outside = [line for line in lines if not line["low"] <= line["reported"] <= line["high"]]
    if outside:
        weeks = ", ".join(str(int(str(line["week"])[-2:])) for line in outside[::-1])
        said.append(f"In week {weeks} lag het aantal meldingen buiten de grenzen die vooraf waren gegeven.")
    untold = sum(line["places_visited"] + line["places_not_visited"] == 0 for line in lines)
    if untold:
        said.append(f"Van {untold} van de laatste {len(lines)} hele weken is er geen terugkoppeling van het team.")
    return said


def _history(workspace: Workspace) -> list[dict[str, Any]]:
    taken = courses(workspace)
    whole = taken.astype(object).where(taken.notna(), None)
    return [
        {str(name): value for name, value in row.items()}
        | {
            "label": CourseChoice(row["choice"]).label,
            "signed": _SIGNED[row["role"]],
            "met": MET[Met(row["outcome"])],
            "found": _found(row),
            "at": pd.Timestamp(row["at"]).to_pydatetime(),
        }
        for row in whole.to_dict("records")
    ]


def _found(row: dict[Any, Any]) -> str:
    if row["value"] is None:
        return "–"
    unit = "%" if row["measure"] == "reported_change" else "procentpunt"
    value, low, high = (number(100 * row[name], 1) for name in ("value", "low", "high"))
    return f"{value} {unit} (tussen {low} en {high})"
