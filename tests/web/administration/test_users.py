# SPDX-License-Identifier: EUPL-1.2
"""Accounts: made, given roles, closed, opened; who manages them sees no places, and gives himself nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from stip.errors import StipError
from stip_web.accounts.models import Role, Token, User
from stip_web.accounts.permissions import Permission as May
from stip_web.administration.roles import ChangeRole, MakeRole, RemoveRole
from stip_web.administration.users import CloseUser, ForgetSecondStep, GiveRoles, MakePasswordLink, MakeUser, OpenUser
from stip_web.audit.models import AuditLine

pytestmark = pytest.mark.django_db
UserIn = Callable[[str], User]


def role(code: str) -> Role:
    return Role.objects.get(code=code)


def test_an_account_begins_without_a_role_or_a_password(user_in: UserIn) -> None:
    user = MakeUser(user_in("administrator"), username=" noor.dewit ", email="noor@example.nl").run()
    assert user.username == "noor.dewit"
    assert not user.has_usable_password()
    assert not user.held
    assert AuditLine.objects.get(action="user.make").subject == "noor.dewit"


@pytest.mark.parametrize("username", ["", "twee woorden", "analyst-test"])
def test_a_name_that_does_not_fit_is_refused(user_in: UserIn, username: str) -> None:
    user_in("analyst")
    with pytest.raises(StipError):
        MakeUser(user_in("administrator"), username=username).run()
    assert not AuditLine.objects.exists()


def test_an_address_belongs_to_one_account(user_in: UserIn) -> None:
    MakeUser(user_in("administrator"), username="een", email="Noor@example.nl").run()
    with pytest.raises(StipError, match="e-mailadres"):
        MakeUser(user_in("administrator"), username="twee", email="noor@example.nl").run()


def test_a_closed_account_lets_go_of_its_address(user_in: UserIn) -> None:
    boss = user_in("administrator")
    first = MakeUser(boss, username="een", email="noor@example.nl").run()
    CloseUser(boss, user=first).run()
    assert MakeUser(boss, username="twee", email="noor@example.nl").run().email == "noor@example.nl"


def test_two_who_close_each_other_at_once_do_not_both_succeed(
    user_in: UserIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one was still there at the check; what counts is how it stands after the change."""
    boss, second = user_in("administrator"), User.objects.create(username="tweede")
    second.roles.add(role("administrator"))

    def meanwhile() -> None:
        User.objects.filter(pk=second.pk).update(is_active=False)

    monkeypatch.setattr("stip_web.administration.users.lock_managers", meanwhile)
    with pytest.raises(StipError, match="de laatste"):
        CloseUser(second, user=boss).run()
    assert User.objects.get(pk=boss.pk).is_active


def test_a_role_that_grew_meanwhile_is_not_given(user_in: UserIn) -> None:
    user = user_in("analyst")
    small = MakeRole(user_in("administrator"), name="Sleutelbewaarder", permissions=[May.HEALTH_READ]).run()
    stale = [role("analyst"), Role.objects.get(pk=small.pk)]
    Role.objects.filter(pk=small.pk).update(permissions=[May.USERS_MANAGE])
    with pytest.raises(StipError, match="ook niet met een tweede rol"):
        GiveRoles(user_in("administrator"), user=user, roles=stale).run()
    assert [one.code for one in user.roles.all()] == ["analyst"]


def test_the_coarse_outlook_shows_places_too(user_in: UserIn) -> None:
    with pytest.raises(StipError, match="Maak er twee rollen van"):
        MakeRole(user_in("administrator"), name="Alles", permissions=[May.USERS_MANAGE, May.OUTLOOK_COARSE]).run()


def test_roles_are_given_with_a_line(user_in: UserIn) -> None:
    user = user_in("analyst")
    GiveRoles(user_in("administrator"), user=user, roles=[role("coordinator")], why="Nieuwe functie").run()
    assert user.roles.get() == role("coordinator")
    line = AuditLine.objects.get(action="user.roles")
    assert line.details == {"before": ["analyst"], "after": ["coordinator"]}
    assert line.why == "Nieuwe functie"


@pytest.mark.parametrize("other", ["analyst", "coordinator", "member", "privacy_officer", "policy"])
def test_keys_and_places_are_kept_apart_over_two_roles(user_in: UserIn, other: str) -> None:
    user = user_in("analyst")
    with pytest.raises(StipError, match="ook niet met een tweede rol"):
        GiveRoles(user_in("administrator"), user=user, roles=[role("administrator"), role(other)]).run()
    assert [one.code for one in user.roles.all()] == ["analyst"]


def test_keys_and_places_are_kept_apart_when_a_role_grows(user_in: UserIn) -> None:
    boss, second = user_in("administrator"), user_in("analyst")
    small = MakeRole(boss, name="Sleutelbewaarder", permissions=[May.HEALTH_READ]).run()
    GiveRoles(boss, user=second, roles=[role("analyst"), small]).run()
    with pytest.raises(StipError, match="ook niet met een tweede rol"):
        ChangeRole(boss, role=small, name=small.name, permissions=[May.USERS_MANAGE]).run()
    small.refresh_from_db()
    assert small.permissions == [May.HEALTH_READ]


def test_one_role_with_both_is_refused(user_in: UserIn) -> None:
    with pytest.raises(StipError, match="Maak er twee rollen van"):
        MakeRole(user_in("administrator"), name="Alles", permissions=[May.USERS_MANAGE, May.DOTS_FINE]).run()


def test_an_unknown_permission_is_refused(user_in: UserIn) -> None:
    with pytest.raises(StipError, match="bestaat niet"):
        MakeRole(user_in("administrator"), name="Raar", permissions=["root"]).run()


def test_who_manages_users_gives_himself_nothing(user_in: UserIn) -> None:
    boss = user_in("administrator")
    with pytest.raises(StipError, match="andere beheerder"):
        GiveRoles(boss, user=boss, roles=[role("administrator"), role("privacy_officer")]).run()
    mine = role("administrator")
    with pytest.raises(StipError, match="andere beheerder"):
        ChangeRole(boss, role=mine, name="Beheerder", permissions=[*mine.permissions, May.LOG_READ]).run()
    assert not boss.may(May.LOG_READ)


def test_somebody_always_manages_users(user_in: UserIn) -> None:
    boss = user_in("administrator")
    second = User.objects.create(username="tweede")
    GiveRoles(boss, user=second, roles=[role("administrator")]).run()
    GiveRoles(second, user=boss, roles=[]).run()
    for action in (
        ChangeRole(second, role=role("administrator"), name="Beheerder", permissions=[May.HEALTH_READ]),
        CloseUser(User.objects.get(pk=second.pk), user=second),
    ):
        with pytest.raises(StipError):
            action.run()
    with pytest.raises(PermissionDenied):
        CloseUser(User.objects.get(pk=boss.pk), user=second).run()


def test_a_closed_account_is_out_and_its_keys_are_gone(user_in: UserIn, as_role: Callable[[str], Client]) -> None:
    client, user = as_role("analyst"), user_in("analyst")
    Token.make(user, "proef", [May.DOTS_FINE])
    CloseUser(user_in("administrator"), user=user).run()
    assert client.get("/account/sleutels").status_code == 302
    assert not Token.objects.exists()
    with pytest.raises(StipError, match="gesloten"):
        MakePasswordLink(user_in("administrator"), user=user).run()
    OpenUser(user_in("administrator"), user=user).run()
    assert User.objects.get(pk=user.pk).held


def test_a_second_step_is_forgotten_only_with_a_reason(user_in: UserIn) -> None:
    user = user_in("analyst")
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    with pytest.raises(StipError, match="waarom"):
        ForgetSecondStep(user_in("administrator"), user=user).run()
    ForgetSecondStep(user_in("administrator"), user=user, why="Telefoon weg").run()
    assert not Authenticator.objects.exists()


def test_a_role_that_somebody_has_stays(user_in: UserIn) -> None:
    user_in("analyst")
    with pytest.raises(StipError, match="nog van iemand"):
        RemoveRole(user_in("administrator"), role=role("analyst")).run()
    RemoveRole(user_in("administrator"), role=role("policy")).run()
    assert not Role.objects.filter(code="policy").exists()


@pytest.mark.parametrize("code", ["analyst", "privacy_officer", "policy", "member", "coordinator"])
def test_nobody_else_changes_an_account(user_in: UserIn, code: str) -> None:
    actor, target = user_in(code), user_in("administrator")
    for action in (
        MakeUser(actor, username="x"),
        GiveRoles(actor, user=target, roles=[]),
        CloseUser(actor, user=target),
        MakePasswordLink(actor, user=target),
        MakeRole(actor, name="x", permissions=[]),
    ):
        with pytest.raises(PermissionDenied):
            action.run()


def test_the_pages_do_what_the_actions_do(as_role: Callable[[str], Client], user_in: UserIn) -> None:
    client = as_role("administrator")
    made = client.post("/beheer/gebruikers/nieuw", {"username": "sam", "first_name": "Sam"})
    user = User.objects.get(username="sam")
    assert made["Location"] == f"/beheer/gebruikers/{user.pk}"
    client.post(made["Location"], {"wat": "rollen", "roles": [role("coordinator").pk], "why": "Begint maandag"})
    assert user.role_names == "Coördinator"
    both = [role("coordinator").pk, role("administrator").pk]
    refused = client.post(made["Location"], {"wat": "rollen", "roles": both})
    assert refused.status_code == 400
    assert "ook niet met een tweede rol" in refused.content.decode()
    page = client.post(made["Location"], {"wat": "link"})
    assert "/account/password/reset/key/" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    client.post(made["Location"], {"wat": "sluiten"})
    assert not User.objects.get(username="sam").is_active
    assert "/account/password/reset/key/" not in str(list(AuditLine.objects.values()))


def test_a_link_is_mailed_when_that_can_be_and_then_not_shown(
    as_role: Callable[[str], Client], user_in: UserIn, settings: object
) -> None:
    mailing = {"mail_url": "smtp://localhost:25"}
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=mailing)  # type: ignore[attr-defined]
    user = user_in("analyst")
    User.objects.filter(pk=user.pk).update(email="noor@example.nl")
    page = as_role("administrator").post(f"/beheer/gebruikers/{user.pk}", {"wat": "link"}).content.decode()
    assert "/account/password/reset/key/" not in page
    assert "/account/password/reset/key/" in mail.outbox[0].body
    assert mail.outbox[0].to == ["noor@example.nl"]


def test_an_administrator_says_in_which_team_somebody_works(
    user_in: UserIn, as_role: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    teams = {"flexteam": "Flexteam", "noord": "Noord"}
    monkeypatch.setattr("stip_web.administration.views.users._teams", lambda: teams)
    member = user_in("member")
    client, address = as_role("administrator"), f"/beheer/gebruikers/{member.pk}"
    assert '<option value="noord">Noord</option>' in client.get(address).content.decode()
    assert client.post(address, {"wat": "team", "team": "noord"}).status_code == 302
    member.refresh_from_db()
    assert member.team == "noord"
    assert AuditLine.objects.get(action="user.team").details == {"before": "", "after": "noord"}
    client.post(address, {"wat": "team", "team": "zuid"})
    member.refresh_from_db()
    assert member.team == "noord"
    assert '<option value="noord" selected>Noord</option>' in client.get(address).content.decode()
    monkeypatch.undo()
    assert 'name="team"' not in client.get(address).content.decode()  # one team: nothing to choose
