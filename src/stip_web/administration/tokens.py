# SPDX-License-Identifier: EUPL-1.2
"""Keys with which a program may ask what its owner may see, or less."""

from __future__ import annotations

from dataclasses import dataclass, field

from stip.errors import StipError
from stip_web.accounts.models import Token
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action

NOT_FOR_A_KEY = frozenset({May.USERS_MANAGE})
"""What only a person does: a key that hands out keys would outlive the taking back of any of them."""

MOST = 20
"""Keys of one person at a time."""


@dataclass
class MakeToken(Action[str]):
    """Make a key for oneself; gives its secret, which is shown once."""

    action = "token.make"
    label = "Sleutel gemaakt"
    permission = tuple(May)
    name: str = field(kw_only=True)
    scopes: list[str] = field(kw_only=True)

    def check(self) -> None:
        """Refuse more than one holds."""
        if not self.scopes:
            raise StipError("Kies ten minste één recht voor deze sleutel.")
        if not self.actor.held.issuperset(self.scopes) or NOT_FOR_A_KEY & set(self.scopes):
            raise StipError("Een sleutel kan niet meer dan uzelf. Kies rechten uit de lijst.")
        if self.actor.tokens.count() >= MOST:
            raise StipError(f"U hebt al {MOST} sleutels. Trek er eerst een in.")

    def change(self) -> str:
        """Make it."""
        _, secret = Token.make(self.actor, self.name.strip()[:80], sorted(self.scopes))
        self.subject, self.details = self.name.strip()[:80], {"scopes": sorted(self.scopes)}
        return secret


@dataclass
class RevokeToken(Action[None]):
    """Take back one's own key."""

    action = "token.revoke"
    label = "Sleutel ingetrokken"
    permission = tuple(May)
    token: Token = field(kw_only=True)

    def check(self) -> None:
        """Refuse somebody else's."""
        if self.token.owner_id != self.actor.pk:
            raise StipError("Deze sleutel is niet van u.")

    def change(self) -> None:
        """Take it away; it stops working at once."""
        self.subject = self.token.name
        self.token.delete()
