# SPDX-License-Identifier: EUPL-1.2
"""One message: what was written, until it is destroyed, and what may be done with it."""

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
from stip_web.inbox.letters import Kind
from stip_web.oversight.tabs import page as tabbed
from stip_web.reactions.actions import AnswerMessage, ForwardMessage, MarkMessage, may_mark
from stip_web.reactions.listing import row_of
from stip_web.reactions.models import Message
from stip_web.reactions.words import MARKS, OUTCOMES, REMEDY, ROLES
from stip_web.workspaces.clock import today
from stip_web.workspaces.current import current_workspace


@needs(May.MESSAGE_READ)
@require_safe
@reads_incidents("berichten")
def page(request: HttpRequest, number: str) -> HttpResponse:
    """Show a message, its term and its steps."""
    message = get_object_or_404(Message.objects.prefetch_related("steps"), number=number)
    row = row_of(message, today(current_workspace()))
    is_right = Kind(message.kind).is_right
    answered = row.days_left is None
    default = "policy" if is_right else "privacy_officer"
    outcomes = {
        code: label
        for code, label in OUTCOMES.items()
        if (is_right or code not in ("granted", "refused")) and not (code == "no_address" and message.email)
    }
    context = {
        "message": message,
        "row": row,
        "steps": message.steps.all(),
        "roles": {code: label for code, label in ROLES.items() if code != default},
        "outcomes": outcomes,
        "may_answer": user_of(request).may(May.MESSAGE_ANSWER) and not answered,
        "marks": {str(kind): kind.label for kind in MARKS if may_mark(message, kind, answered=answered)}
        if user_of(request).may(May.MESSAGE_ANSWER)
        else {},
        "remedy": REMEDY if is_right else "",
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
