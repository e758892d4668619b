# SPDX-License-Identifier: EUPL-1.2
"""Who may open which message, and who may close it.

A question or an error report is for the privacy officer (GDPR, article 38(4) and (5)): others open it once it was
forwarded to their role. An objection or a request is decided by the controller; the officer reads it and advises.
"""

from __future__ import annotations

from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.inbox.letters import Kind
from stip_web.reactions.models import Message
from stip_web.reactions.words import StepKind


def may_open(user: User, message: Message) -> bool:
    """Tell whether this person may read what was written."""
    if not user.may(May.MESSAGE_READ):
        return False
    if Kind(message.kind).is_right or user.may(May.MESSAGE_QUESTIONS):
        return True
    asked = {step.to_role for step in message.steps.all() if step.kind == StepKind.FORWARDED}
    return any(role.code in asked for role in user.roles.all())


def may_act(user: User, message: Message) -> bool:
    """Tell whether this person may forward it, or write down a step."""
    return user.may(May.MESSAGE_ANSWER) and may_open(user, message)


def may_close(user: User, message: Message) -> bool:
    """Tell whether this person may write down how it ended: of a right that is a decision."""
    return may_act(user, message) and (not Kind(message.kind).is_right or user.may(May.MESSAGE_DECIDE))
