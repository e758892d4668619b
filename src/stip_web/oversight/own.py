# SPDX-License-Identifier: EUPL-1.2
"""What Stip keeps besides the sources: of the people who work with it, and of residents who write to the town."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings as site

from stip.words import number
from stip_web.accounts.models import Role
from stip_web.accounts.permissions import Permission as May
from stip_web.street.notes import WEEKS

NO_TERM = "nog niet ingevuld: het blijft nu staan"
"""Said of what nobody gave a term, and nothing destroys."""
_STAFF = "Medewerkers van de gemeente"
_TEAM = "medewerkers van de gemeente met een rol in Stip"


@dataclass(frozen=True)
class Kept:
    """One processing that no agreement is about.

    Attributes
    ----------
    activity, purposes, subjects, categories, recipients, retention : str
        As they stand in the register of processing.
    listed : bool
        Whether the page of terms counts it by itself.
    """

    activity: str
    purposes: str
    categories: str
    retention: str
    subjects: str = _STAFF
    recipients: str = _TEAM
    listed: bool = False


def without_term() -> list[Kept]:
    """Give what nobody gave a term, and so stays for ever."""
    return [each for each in kept() if each.retention == NO_TERM]


def kept() -> list[Kept]:
    """Give each of them."""
    months = f"{number(site.ENVIRONMENT.log_months)} maanden"
    held = {role.name: set(role.permissions) for role in Role.objects.all()}

    def who(*permissions: May, also: str = "wie het betreft") -> str:
        """Name the roles that may look: of this installation, as its rights stand."""
        names = [name for name, has in held.items() if has & set(permissions)]
        return "; ".join([*names, also] if also else names) or "niemand: geen rol heeft dit recht"

    days = f"{number(site.STIP_MESSAGE_DAYS)} dagen na het antwoord"
    return [
        Kept("Logboek en inzage", "vastleggen wie wat deed en inzag", "gebruikersnaam; rol; tijdstip; handeling",
             months, recipients=who(May.LOG_READ, May.USERS_MANAGE, May.JOBS_MANAGE), listed=True),
        Kept("Accounts", "inloggen en rechten", "gebruikersnaam; naam; e-mailadres; rol; team",
             "tot het account sluit", recipients=who(May.USERS_MANAGE)),
        Kept("Opmerkingen van de straat", "overdracht binnen het team", "korte opmerking over een plek",
             f"{number(WEEKS)} weken", listed=True,
             subjects="Medewerkers van de gemeente; wie toch in een opmerking staat, zoals iemand op straat",
             recipients=who(May.FEEDBACK_READ, also="wie de opmerking schreef")),
        Kept("Berichten van inwoners", "vragen, bezwaren, verzoeken en fouten beantwoorden",
             "bericht; naam en e-mailadres als iemand die geeft; tijdstip; antwoord", days,
             subjects="Inwoners die een bericht sturen, en wie zij daarin noemen",
             recipients=who(May.MESSAGE_READ, also="")),
        Kept("Oordelen van het team", "nameten of een bezoek hielp", "oordeel over een plek; rol; team; tijdstip",
             NO_TERM),
        Kept("Signalen en besluiten", "besluiten over wat bekend is, en overdragen",
             "soort signaal; plek, bij hulp alleen de buurt; besluit met reden; rol; tijdstip", NO_TERM,
             subjects="Mensen op of bij een plek, nooit met naam; medewerkers van de gemeente, via hun rol",
             recipients=f"{_TEAM}; bij overdracht een partner"),
        Kept("Weekplannen en vooruitblikken", "uren verdelen, en later nagaan waarop iets rustte",
             "vakken; plekken; reden van een wijziging; rol; tijdstip", NO_TERM),
    ]  # fmt: skip
