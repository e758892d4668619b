# SPDX-License-Identifier: EUPL-1.2
"""The list of open legal questions, one question with its history, and writing how it stands."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from stip.errors import StipError
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action
from stip_web.desk.twins import Listing, twin
from stip_web.oversight.questions import OWNERS, AskQuestion, Question, State, WriteQuestion, questions, row_of
from stip_web.oversight.tabs import page
from stip_web.workspaces import clock
from stip_web.workspaces.current import current_workspace

READS = (May.RULES_APPROVE, May.RULES_PROPOSE)
COLUMNS = {
    "title": "Vraag",
    "owner": "Wie geeft antwoord",
    "due": "Voor",
    "state": "Stand",
    "answer": "Antwoord",
    "articles": "Wet",
}


class LineForm(forms.Form):
    """Owner, date, state and answer."""

    title = forms.CharField(max_length=200, required=False)
    owner = forms.ChoiceField(choices=list(OWNERS.items()), required=False)
    due = forms.DateField(
        required=False, error_messages={"invalid": "Dit is geen datum. Schrijf die als 2026-01-31."}
    )
    state = forms.ChoiceField(choices=State.choices, required=False)
    answer = forms.CharField(max_length=2000, required=False)


@needs(*READS)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """List every question; put one of the town's own on the list."""
    form = LineForm(request.POST or None)
    error = ""
    if request.method == "POST":
        if form.is_valid():
            asked = form.cleaned_data
            action = AskQuestion(user_of(request), title=asked["title"], owner=asked["owner"], due=asked["due"])
            error = _told(request, action, "De vraag staat op de lijst.")
        else:
            error = _faults(form)
        if not error:
            return HttpResponseRedirect(reverse("oversight:questions"))
    found, today = questions(), _today()
    context = {
        "rows": [{"of": each, "late": each.late(today)} for each in found],
        "open": sum(each.is_open for each in found),
        "late": sum(each.late(today) for each in found),
        "owners": OWNERS,
        "asked": request.POST,
        "error": error,
    }
    return page(request, "oversight/questions.html", "oversight:questions", context, status=400 if error else 200)


@needs(*READS)
@require_safe
def twin_of(request: HttpRequest, form: str) -> HttpResponse:
    """Give the same rows."""
    if form not in ("json", "csv"):
        raise Http404("no such form")
    today = _today()
    return twin(request, Listing("vragen", COLUMNS, [row_of(each, today) for each in questions()]), form)


@needs(*READS)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a question with its history; write how it stands for who may."""
    question = _question(slug)
    may = user_of(request).may(May.RULES_APPROVE)
    form = LineForm(request.POST or None)
    error = ""
    if request.method == "POST" and may:
        if form.is_valid():
            asked: dict[str, Any] = {name: form.cleaned_data[name] for name in ("owner", "due", "state", "answer")}
            action = WriteQuestion(user_of(request), slug=slug, title=question.title, **asked)
            error = _told(request, action, "Vastgelegd. Wat er stond, blijft eronder staan.")
        else:
            error = _faults(form)
        if not error:
            return HttpResponseRedirect(reverse("oversight:question", args=[slug]))
    context = {
        "question": question,
        "late": question.late(_today()),
        "owners": OWNERS,
        "states": State.choices,
        "may_write": may,
        "asked": request.POST,
        "error": error,
    }
    return page(request, "oversight/question.html", "oversight:questions", context, status=400 if error else 200)


def _question(slug: str) -> Question:
    found = next((each for each in questions() if each.slug == slug), None)
    if found is None:
        raise Http404("no such question")
    return found


def _told(request: HttpRequest, action: Action[Any], said: str) -> str:
    """Do it; give why not, or nothing."""
    try:
        action.run()
    except StipError as error:
        return str(error)
    messages.success(request, said)
    return ""


def _faults(form: forms.Form) -> str:
    return " ".join(str(fault) for faults in form.errors.values() for fault in faults)


def _today() -> date:
    return clock.today(current_workspace())
