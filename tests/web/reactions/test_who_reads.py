# SPDX-License-Identifier: EUPL-1.2
"""A question is for the privacy officer until it is forwarded; over an objection the board decides, with a reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from stip.store import Workspace
from stip_web.accounts.models import User
from stip_web.inbox.letters import Kind
from stip_web.reactions.actions import AnswerMessage, ForwardMessage, MarkMessage, MessageError
from stip_web.reactions.arriving import take_in
from stip_web.reactions.models import Message, Step
from web.reactions.conftest import EMAIL, NAME, TEXT, post

WHY = "Het belang van de straat weegt zwaarder."
Roles, Users = Callable[[str], Client], Callable[[str], User]


@pytest.mark.parametrize("kind", [Kind.QUESTION, Kind.ERROR])
def test_a_question_is_for_the_privacy_officer_until_it_is_forwarded(
    workspace: Workspace, tmp_path: Path, as_role: Roles, user_in: Users, kind: Kind
) -> None:
    letter = post(workspace, tmp_path, kind, 14)
    take_in(workspace)
    page, board = f"/toezicht/berichten/{letter.number}", as_role("policy")
    closed = board.get(page).content.decode()
    assert not [said for said in (TEXT, NAME, EMAIL) if said in closed]
    assert "Niet aan u gericht" in closed and "<textarea" not in closed and "nog 14 dagen" in closed
    for sent in ({"outcome": "explained"}, {"to_role": "policy"}, {"mark": "held"}):
        assert board.post(f"{page}/stap", sent).status_code == 403
    message = Message.objects.get()
    ForwardMessage(user_in("privacy_officer"), message=message, to_role="analyst", workspace=workspace).run()
    assert TEXT not in board.get(page).content.decode(), "forwarded to somebody else"
    ForwardMessage(user_in("privacy_officer"), message=message, to_role="policy", workspace=workspace).run()
    assert TEXT in board.get(page).content.decode()
    board.post(f"{page}/stap", {"outcome": "explained"})
    assert Step.objects.filter(kind="answered").count() == 1


@pytest.mark.parametrize("kind", [Kind.OBJECTION, Kind.REQUEST])
def test_the_privacy_officer_advises_on_a_right_and_does_not_decide(
    workspace: Workspace, tmp_path: Path, as_role: Roles, user_in: Users, kind: Kind
) -> None:
    letter = post(workspace, tmp_path, kind, email="")
    take_in(workspace)
    page, officer = f"/toezicht/berichten/{letter.number}", as_role("privacy_officer")
    shown = officer.get(page).content.decode()
    assert (
        TEXT in shown
        and "Hierover beslist het bestuur van de gemeente." in shown
        and "Ik heb geantwoord" not in shown
    )
    message = Message.objects.get()
    for outcome in ("granted", "refused", "elsewhere", "no_address"):
        with pytest.raises(PermissionDenied):
            AnswerMessage(
                user_in("privacy_officer"), message=message, outcome=outcome, reason=WHY, workspace=workspace
            ).run()
    officer.post(f"{page}/stap", {"mark": "advised"})
    assert [str(step) for step in Step.objects.all()] == ["Advies gegeven aan wie besluit"]
    assert "Advies gegeven aan wie besluit" in as_role("policy").get(page).content.decode()


def test_advice_is_given_on_a_right_only_and_before_it_is_decided(
    workspace: Workspace, tmp_path: Path, user_in: Users
) -> None:
    question = Message.objects.get(number=_taken(workspace, tmp_path, Kind.QUESTION))
    right = Message.objects.get(number=_taken(workspace, tmp_path, Kind.REQUEST))
    AnswerMessage(user_in("policy"), message=right, outcome="granted", workspace=workspace).run()
    for message in (question, right):
        with pytest.raises(MessageError):
            MarkMessage(user_in("privacy_officer"), message=message, mark="advised", workspace=workspace).run()


@pytest.mark.parametrize("kind", [Kind.OBJECTION, Kind.REQUEST])
def test_a_right_ends_by_a_decision_with_a_reason(
    workspace: Workspace, tmp_path: Path, as_role: Roles, user_in: Users, kind: Kind
) -> None:
    message = Message.objects.get(number=_taken(workspace, tmp_path, kind, email=""))
    user = user_in("policy")
    for outcome in ("explained", "corrected", "refused", "elsewhere", "no_address", ""):
        with pytest.raises(MessageError):
            AnswerMessage(user, message=message, outcome=outcome, reason=" ", workspace=workspace).run()
    for outcome in ("explained", "corrected"):
        with pytest.raises(MessageError, match="hoort een besluit"):
            AnswerMessage(user, message=message, outcome=outcome, reason=WHY, workspace=workspace).run()
    page = as_role("policy").get(f"/toezicht/berichten/{message.number}").content.decode()
    offered = [
        code
        for code in ("granted", "refused", "elsewhere", "no_address", "explained", "corrected")
        if f'<option value="{code}">' in page
    ]
    assert offered == ["granted", "refused", "elsewhere", "no_address"]
    AnswerMessage(user, message=message, outcome="elsewhere", reason=WHY, workspace=workspace).run()
    assert Step.objects.get().outcome == "elsewhere"


def _taken(workspace: Workspace, tmp_path: Path, kind: Kind, **more: str) -> str:
    letter = post(workspace, tmp_path, kind, **more)
    take_in(workspace)
    return letter.number
