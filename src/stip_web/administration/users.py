# SPDX-License-Identifier: EUPL-1.2
"""Changes to an account: made, given roles, closed and opened, a link for a new password, a second step forgotten."""

from __future__ import annotations

from dataclasses import dataclass, field

from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.urls import reverse

from stip.errors import StipError
from stip_web.accounts.models import Role, User
from stip_web.accounts.permissions import Permission as May
from stip_web.administration.separation import SELF, keep_a_manager, keep_apart, lock_managers
from stip_web.audit.actions import Action


def link_for(user: User) -> str:
    """Give the path of a link that works once, for a day, to choose a password."""
    key = PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})


@dataclass
class MakeUser(Action[User]):
    """Make an account without a password; its owner chooses one by a link."""

    action = "user.make"
    label = "Account gemaakt"
    permission = May.USERS_MANAGE
    username: str = field(kw_only=True)
    first_name: str = field(default="", kw_only=True)
    last_name: str = field(default="", kw_only=True)
    email: str = field(default="", kw_only=True)

    def change(self) -> User:
        """Make it, without roles."""
        user = User(
            username=self.username.strip(), first_name=self.first_name, last_name=self.last_name, email=self.email
        )
        user.set_unusable_password()
        if self.email and User.objects.filter(email__iexact=self.email).exists():
            raise StipError("Er is al een account met dit e-mailadres. Kies een ander adres, of sluit dat account.")
        try:
            user.full_clean()
        except ValidationError as error:
            raise StipError(
                "Deze gebruikersnaam is al in gebruik, of heeft tekens die niet kunnen. Gebruik letters, cijfers, "
                "punt en streepje."
            ) from error
        user.save()
        self.subject = user.username
        return user


@dataclass
class GiveRoles(Action[None]):
    """Give a person these roles, and no others."""

    action = "user.roles"
    label = "Rollen gegeven"
    permission = May.USERS_MANAGE
    user: User = field(kw_only=True)
    roles: list[Role] = field(kw_only=True)

    def check(self) -> None:
        """Refuse one's own roles, and roles that do not go together."""
        if self.user.pk == self.actor.pk:
            raise StipError(SELF)
        keep_apart(name for role in self.roles for name in role.permissions)

    def change(self) -> None:
        """Set the roles, as they are now: a role may have grown since the check."""
        lock_managers()
        before = sorted(self.user.roles.values_list("code", flat=True))
        self.user.roles.set(self.roles)
        self.user.__dict__.pop("held", None)
        keep_apart(name for role in self.user.roles.all() for name in role.permissions)
        keep_a_manager()
        self.subject = self.user.username
        self.details = {"before": before, "after": sorted(role.code for role in self.roles)}


@dataclass
class SetTeam(Action[None]):
    """Say in which team a person works; it decides which places a member sees."""

    action = "user.team"
    label = "Team gezet"
    permission = May.USERS_MANAGE
    user: User = field(kw_only=True)
    team: str = field(kw_only=True)
    teams: dict[str, str] = field(kw_only=True)  # those there are

    def check(self) -> None:
        """Refuse a team that is not there."""
        if self.team not in self.teams:
            raise StipError(f"Dit team is er niet. Kies uit {', '.join(self.teams.values())}.")

    def change(self) -> None:
        """Set it."""
        self.details = {"before": self.user.team, "after": self.team}
        self.user.team = self.team
        self.user.save(update_fields=["team"])
        self.subject = self.user.username


@dataclass
class CloseUser(Action[None]):
    """Close an account: who is logged in with it is out at once."""

    action = "user.close"
    label = "Account gesloten"
    permission = May.USERS_MANAGE
    user: User = field(kw_only=True)

    def check(self) -> None:
        """Refuse one's own account."""
        if self.user.pk == self.actor.pk:
            raise StipError("Uw eigen account kan alleen een andere beheerder sluiten.")

    def change(self) -> None:
        """Close it; its keys for programs go, and its e-mail address is free for another account."""
        lock_managers()
        self.user.is_active, self.user.email = False, ""
        self.user.save(update_fields=["is_active", "email"])
        EmailAddress.objects.filter(user=self.user).delete()
        keep_a_manager()
        self.user.tokens.all().delete()
        self.subject = self.user.username


@dataclass
class OpenUser(Action[None]):
    """Open an account that was closed."""

    action = "user.open"
    label = "Account geopend"
    permission = May.USERS_MANAGE
    user: User = field(kw_only=True)

    def change(self) -> None:
        """Open it, with the roles it had."""
        self.user.is_active = True
        self.user.save(update_fields=["is_active"])
        self.subject = self.user.username


@dataclass
class MakePasswordLink(Action[str]):
    """Make a link with which a person chooses a new password; gives its path."""

    action = "user.link"
    label = "Link voor een wachtwoord gemaakt"
    permission = May.USERS_MANAGE
    user: User = field(kw_only=True)

    def check(self) -> None:
        """Refuse for a closed account."""
        if not self.user.is_active:
            raise StipError("Dit account is gesloten. Open het eerst.")

    def change(self) -> str:
        """Make it; the old password works until the new one is chosen."""
        self.subject = self.user.username
        return link_for(self.user)


@dataclass
class ForgetSecondStep(Action[None]):
    """Forget somebody's app, passkeys and recovery codes, when they are lost; he sets up a new one."""

    action = "user.second-step"
    label = "Tweede stap vergeten"
    permission = May.USERS_MANAGE
    user: User = field(kw_only=True)

    def check(self) -> None:
        """Ask why, and refuse for oneself."""
        if self.user.pk == self.actor.pk:
            raise StipError("Uw eigen tweede stap verandert u bij ‘Inloggen en beveiliging’.")
        if not self.why.strip():
            raise StipError("Zeg waarom: de eigenaar van het account ziet het terug bij ‘Mijn inzage’.")

    def change(self) -> None:
        """Forget them."""
        Authenticator.objects.filter(user=self.user).delete()
        self.subject = self.user.username
