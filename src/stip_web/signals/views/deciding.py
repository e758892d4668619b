# SPDX-License-Identifier: EUPL-1.2
"""One signal: what is known, the decision, telling the partner, and what it said."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from stip.errors import StipError
from stip.signals import AnswerKind, State, goes_to_signalen, handover_text, role_name, rule_of
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action
from stip_web.audit.processing import reads_incidents
from stip_web.signals.actions import AnswerSignal, MarkSent, RecordTakenOn
from stip_web.signals.forms import AnswerForm, SentForm, TakenOnForm
from stip_web.signals.seen import Shown, one_shown_to
from stip_web.signals.sending import send_out
from stip_web.signals.tabs import tabs_of
from stip_web.workspaces.current import current_workspace

_DECIDABLE = (State.OPEN, State.DECLINED, State.WANTS, State.ACTED, State.LET_BE)


@needs(May.SIGNAL_READ)
@require_safe
@reads_incidents("signalen")
def page(request: HttpRequest, signal_id: str) -> HttpResponse:
    """Show what is known, what was decided, and ask for what is still to be done."""
    return _page(request, _shown(request, signal_id))


@needs(May.SIGNAL_DECIDE)
@require_POST
@reads_incidents("signalen")
def answer(request: HttpRequest, signal_id: str) -> HttpResponse:
    """Write a decision down; what goes to Signalen is sent at once."""
    shown = _shown(request, signal_id)
    if request.POST.get("answer", "") in {step.answer_id for step in shown.known.steps}:  # pressed twice: it stands
        messages.success(request, "Het besluit is vastgelegd.")
        return _back(shown)
    form = _answer_form(shown, request.POST)
    if not form.is_valid():
        return _page(request, shown, answer=form)
    asked = form.cleaned_data
    decision = AnswerSignal(
        user_of(request),
        workspace=shown.workspace,
        signal_id=shown.known.signal_id,
        kind=asked["kind"],
        partner=asked["partner"],
        shared_what=tuple(asked["shared_what"]),
        why=asked["reason"],
        follows=asked["follows"],
        answer_id=asked["answer"],
    )
    if not _done(decision, form):
        return _page(request, shown, answer=form)
    if asked["kind"] == AnswerKind.HAND_OVER and goes_to_signalen(shown.workspace, asked["partner"]):
        _send(request, user_of(request), shown)
    else:
        messages.success(request, "Het besluit is vastgelegd.")
    return _back(shown)


@needs(May.SIGNAL_DECIDE)
@require_POST
@reads_incidents("signalen")
def send(request: HttpRequest, signal_id: str) -> HttpResponse:
    """Send to Signalen, again when it did not take it before."""
    shown = _shown(request, signal_id)
    if goes_to_signalen(shown.workspace, shown.known.partner):
        _send(request, user_of(request), shown)
    else:
        messages.error(request, "Dit signaal gaat niet via Signalen. Kopieer de tekst en verstuur hem zelf.")
    return _back(shown)


@needs(May.SIGNAL_DECIDE)
@require_POST
@reads_incidents("signalen")
def sent(request: HttpRequest, signal_id: str) -> HttpResponse:
    """Write down that somebody sent the text."""
    shown = _shown(request, signal_id)
    form = SentForm(request.POST)
    told = MarkSent(
        user_of(request),
        workspace=shown.workspace,
        signal_id=shown.known.signal_id,
        by="form",
        receipt=request.POST.get("receipt", "").strip(),
    )
    if not form.is_valid() or not _done(told, form):
        return _page(request, shown, sent=form)
    messages.success(request, f"Vastgelegd: {shown.partner} weet ervan. Leg hier vast wat de partner antwoordt.")
    return _back(shown)


@needs(May.SIGNAL_DECIDE)
@require_POST
@reads_incidents("signalen")
def taken_on(request: HttpRequest, signal_id: str) -> HttpResponse:
    """Write down what the partner said."""
    shown = _shown(request, signal_id)
    form = TakenOnForm(request.POST, known=shown.known)
    reply = RecordTakenOn(
        user_of(request),
        workspace=shown.workspace,
        signal_id=shown.known.signal_id,
        taken_on=request.POST.get("taken_on", ""),
        why=request.POST.get("reason", ""),
    )
    if not form.is_valid() or not _done(reply, form):
        return _page(request, shown, taken_on=form)
    messages.success(request, "Het antwoord van de partner is vastgelegd.")
    return _back(shown)


def _answer_form(shown: Shown, sent: QueryDict | None = None) -> AnswerForm:
    return AnswerForm(sent, settings=shown.workspace.settings, known=shown.known, names_cells=bool(shown.cells))


def _done(action: Action[Any], form: Form) -> bool:
    """Do it; a refusal becomes the fault of the form."""
    try:
        action.run()
    except StipError as error:
        form.add_error(None, str(error))
        return False
    return True


def _send(request: HttpRequest, user: User, shown: Shown) -> None:
    try:
        number = send_out(user, shown.workspace, shown.known.signal_id)
    except StipError as error:
        messages.error(request, str(error))
    else:
        known_as = f" Het nummer daar is {number}." if number else ""
        messages.success(request, f"Het signaal is overgedragen via Signalen.{known_as}")


def _shown(request: HttpRequest, signal_id: str) -> Shown:
    found = one_shown_to(user_of(request), current_workspace(), signal_id)
    if found is None:
        raise Http404("no such signal")
    return found


def _back(shown: Shown) -> HttpResponse:
    return HttpResponseRedirect(reverse("signals:signal", args=[shown.known.signal_id]))


def _page(request: HttpRequest, shown: Shown, **asked: Any) -> HttpResponse:
    """Show the signal; a form that was sent and will not do is shown with what is wrong."""
    workspace, known = shown.workspace, shown.known
    rule = rule_of(workspace.settings, known.kind)
    context: dict[str, Any] = {
        "tabs": tabs_of(user_of(request), "list"),
        "one": shown,
        "rule": rule,
        "decides": [role_name(role) for role in rule.decides],
        "may_see_outlook": user_of(request).may(May.OUTLOOK_READ),
    }
    if shown.may_decide and known.state in _DECIDABLE:
        context["answer"] = asked.get("answer") or _answer_form(shown)
    if shown.may_decide and known.state is State.WANTS:
        subject, text = handover_text(workspace, known, known.partner, known.shared_what)
        context |= {"subject": subject, "text": text, "sent": asked.get("sent") or SentForm()}
        context["by_signalen"] = goes_to_signalen(workspace, known.partner)
    if shown.may_decide and known.state in (State.HANDED, State.TAKEN):
        context["taken_on"] = asked.get("taken_on") or TakenOnForm(known=known)
    return render(request, "signals/signal.html", context, status=400 if asked else 200)
