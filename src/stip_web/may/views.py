# SPDX-License-Identifier: EUPL-1.2
"""One question a page, then the outcome; all answers stand in the address, so that *back* works without a session."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from stip.agreements import Step, draft_name, draft_of, in_words, rules_of, walk
from stip.errors import AgreementError
from stip_web.accounts.door import needs
from stip_web.accounts.permissions import Permission as May
from stip_web.oversight.tabs import page
from stip_web.workspaces import clock
from stip_web.workspaces.current import current_workspace


@needs(May.DATA_READ, May.RULES_PROPOSE, May.RULES_APPROVE)
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Show the question that comes now, or what follows from the answers."""
    rules = rules_of(current_workspace())
    wrong = ""
    try:
        step = walk(rules, request.GET.dict())
    except AgreementError as error:
        step, wrong = walk(rules, {}), f"{error} Begin opnieuw."
    if not wrong and request.GET.get("volgende") and request.GET["volgende"] == step.name:
        wrong = "Kies een antwoord."
    context = {
        "step": step,
        "wrong": wrong,
        "number": len(step.trail) + 1,
        "back": _back(step),
        "trail": [
            (question.text, answer.text, _address(step, place))
            for place, (_, question, answer) in enumerate(step.trail)
        ],
        "written_on": rules.written_on,
    }
    if step.outcome is not None:
        context |= {"found": in_words(rules, step), "draft": f"{reverse('may:draft')}?{urlencode(step.answers)}"}
    return page(request, "may/check.html", "may:check", context, status=400 if wrong else 200)


@needs(May.DATA_READ, May.RULES_PROPOSE, May.RULES_APPROVE)
@require_safe
def draft(request: HttpRequest) -> HttpResponse:
    """Give the draft agreement that belongs to the outcome, as a file; before there is one, lead to the question."""
    rules = rules_of(current_workspace())
    try:
        step = walk(rules, request.GET.dict())
        if step.question is not None:
            return redirect(f"{reverse('may:check')}?{urlencode(step.answers)}")
        text = draft_of(rules, step, on=clock.today(current_workspace()))
    except AgreementError:
        raise Http404("no agreement belongs to these answers") from None
    answer = HttpResponse(text, content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{draft_name(step)}.toml"'
    return answer


def _address(step: Step, place: int) -> str:
    """Return where the question at a place of the trail is asked again, with the answers before it."""
    before = {name: answer.id for name, _, answer in step.trail[:place]}
    return f"{reverse('may:check')}?{urlencode(before)}" if before else reverse("may:check")


def _back(step: Step) -> str:
    return _address(step, len(step.trail) - 1) if step.trail else ""
