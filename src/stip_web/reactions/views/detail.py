# SPDX-License-Identifier: EUPL-1.2
"""One message: what was written, for who may open it and until it is destroyed, and what may be done with it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from stip.errors import StipError
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.inbox.letters import Kind, Letter
from stip_web.oversight.tabs import page as tabbed
from stip_web.reactions.actions import AnswerMessage, ForwardMessage, MarkMessage, may_mark
from stip_web.reactions.listing import row_of
from stip_web.reactions.models import Message
from stip_web.reactions.opening import letter_of, reason_of
from stip_web.reactions.reach import may_act, may_close, may_open
from stip_web.reactions.words import MARKS, REMEDY, ROLES, outcomes_of
from stip_web.workspaces.clock import today
from stip_web.workspaces.current import current_workspace


@needs(May.MESSAGE_READ)
@require_safe
@reads_incidents("berichten")
def page(request: HttpRequest, number: str) -> HttpResponse:
    """Show a message, its term and its steps; what was written is opened for who may read it only."""
    message = get_object_or_404(Message.objects.prefetch_related("steps"), number=number)
    row = row_of(message, today(current_workspace()))
    user, kind = user_of(request), Kind(message.kind)
    answered = row.days_left is None
    default = "policy" if kind.is_right else "privacy_officer"
    opens, acts = may_open(user, message), may_act(user, message)
    letter, reason = _opened(message) if opens else (None, "")
    context = {
        "message": message,
        "row": row,
        "steps": message.steps.all(),
        "opens": opens,
        "letter": letter,
        "reason": reason,
        "roles": {code: label for code, label in ROLES.items() if code != default},
        "outcomes": {
            code: label
            for code, label in outcomes_of(kind).items()
            if not (code == "no_address" and letter and letter.email)
        },
        "may_forward": acts and not answered,
        "may_close": may_close(user, message) and not answered,
        "marks": {str(mark): mark.label for mark in MARKS if may_mark(message, mark, answered=answered)}
        if acts
        else {},
        "remedy": REMEDY if kind.is_right else "",
        "decides": settings.STIP_OBJECTION_ANSWERS,
        "message_days": settings.STIP_MESSAGE_DAYS,
    }
    return tabbed(request, "reactions/detail.html", "reactions:list", context)


@needs(May.MESSAGE_ANSWER)
@require_POST
def step(request: HttpRequest, number: str) -> HttpResponse:
    """Forward or answer a message, or write down another step."""
    message = get_object_or_404(Message, number=number)
    action: ForwardMessage | AnswerMessage | MarkMessage
    if "to_role" in request.POST:
        action = ForwardMessage(user_of(request), message=message, to_role=request.POST["to_role"])
        said = "Doorgestuurd. De termijn loopt door."
    elif "mark" in request.POST:
        action = MarkMessage(user_of(request), message=message, mark=request.POST["mark"])
        said = "Vastgelegd."
    else:
        outcome, reason = request.POST.get("outcome", ""), request.POST.get("reason", "")
        action = AnswerMessage(user_of(request), message=message, outcome=outcome, reason=reason)
        said = "Vastgelegd als beantwoord."
    try:
        action.run()
        messages.success(request, said)
    except StipError as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(reverse("reactions:detail", args=(number,)))


def _opened(message: Message) -> tuple[Letter | None, str]:
    """Open a message and its reason; without a key that fits, its term and its steps still show."""
    workspace = current_workspace()
    try:
        return letter_of(workspace, message), reason_of(workspace, message)
    except StipError:
        return None, ""
