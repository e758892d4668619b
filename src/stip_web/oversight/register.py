# SPDX-License-Identifier: EUPL-1.2
"""The register of processing (AVG article 30), made from the agreements and the settings: nothing is typed twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings as site
from django.utils import timezone

from stip.agreements import Agreement, Kind, Purpose, Role, agreements_of
from stip.errors import SettingsError
from stip.publish.register import read_card
from stip.publish.register.sources import kept_of
from stip.store import Workspace
from stip_web.audit.models import AuditLine
from stip_web.intakes.gate_words import what_becomes
from stip_web.intakes.headings import ROLE_WORDS
from stip_web.intakes.models.upload import LIFE
from stip_web.intakes.views.agreements import KINDS
from stip_web.oversight.own import kept

COLUMNS = {
    "activity": "Verwerking",
    "source": "Afspraak",
    "kind": "Wat",
    "controller": "Verantwoordelijke",
    "contact": "Contact van de verantwoordelijke",
    "privacy_officer": "Functionaris gegevensbescherming",
    "purposes": "Doelen",
    "basis": "Grondslag",
    "subjects": "Over wie",
    "categories": "Gegevens",
    "recipients": "Wie ontvangt het",
    "transfer": "Buiten de EER",
    "retention": "Bewaartermijn",
    "measures": "Beveiliging",
    "dpia": "DPIA",
    "until": "Afspraak geldt tot en met",
}
"""What article 30, first lid, asks to be written down, and what Stip knows besides."""

NOT_SAID = "nog niet ingevuld"
_PURPOSES = {
    Purpose.DOT_MAP: "de kaart met meldingen",
    Purpose.OUTLOOK: "de vooruitblik per week",
    Purpose.PLAN: "het weekplan van het team",
    Purpose.EVALUATION: "nameten of het werkt",
    Purpose.PUBLICATION: "cijfers openbaar maken",
}
_SUBJECTS = {
    Kind.INCIDENTS: "Mensen bij wie of door wie iets gebeurde: nooit met naam, alleen via plek en tijd",
    Kind.ADDRESSES: "Bewoners en gebruikers van een pand, alleen via het adres",
}
_ADDRESS = {Role.STREET, Role.HOUSE_NUMBER, Role.POSTCODE, Role.PLACE_NAME}
_PER_HOME = ("eigena", "eigendom", "woning", "verblijfsobject", "perceel")
"""A layer with one of these in its title or headings tells of homes or parcels, and so of who lives or owns there."""


def measures() -> list[str]:
    """Give how it is guarded: what Stip always does, and what this installation shows that it does."""
    backup = AuditLine.objects.filter(action="backup.make").first()
    return [
        "rechten per rol, standaard dicht",
        "inloggen in twee stappen" if site.STIP_REQUIRE_MFA else "inloggen zonder verplichte tweede stap",
        "elke keer dat iemand op de werkplek meldingen bekijkt of meeneemt, wordt vastgelegd",
        "ook een uitvoer met een opdracht op de server wordt vastgelegd, zonder wie haar gaf",
        f"bestanden versleuteld in quarantaine, vernietigd na publiceren of na {LIFE.total_seconds() / 3600:.0f} uur",
        "nummers vervangen door een code met een sleutel buiten de werkmap",
        f"versleutelde reservekopie, de laatste op {timezone.localtime(backup.at):%d-%m-%Y}"
        if backup
        else "nog geen reservekopie gemaakt met Stip",
    ]


def rows_of(workspace: Workspace) -> list[dict[str, Any]]:
    """Give a row for each processing: of each source, and of what the site keeps of the people who work with it."""
    held = agreements_of(workspace)
    shared = _shared(workspace)
    own = next((each.controller.strip() for each in held.values() if each.controller.strip()), NOT_SAID)
    of_own = {**shared, "controller": own if shared["controller"] == NOT_SAID else shared["controller"]}
    return [_of(workspace, agreement, shared) for agreement in held.values()] + list(_own(of_own))


def _shared(workspace: Workspace) -> dict[str, str]:
    """Give who answers for it and how to reach them, from the card of the town; without a card nobody said."""
    try:
        organisation = read_card(workspace).organisation
    except SettingsError:
        return dict.fromkeys(("controller", "contact", "privacy_officer"), NOT_SAID)
    return {
        "controller": organisation.controller,
        "contact": f"{organisation.name}, {organisation.contact_email}",
        "privacy_officer": organisation.privacy_officer,
    }


def _of(workspace: Workspace, agreement: Agreement, shared: dict[str, str]) -> dict[str, Any]:
    return {
        "activity": agreement.title,
        "source": agreement.source,
        "kind": KINDS[agreement.kind],
        **shared,
        "controller": agreement.controller.strip() or shared["controller"],
        "purposes": "; ".join(_PURPOSES[purpose] for purpose in agreement.purposes),
        "basis": agreement.legal_basis.strip() or NOT_SAID,
        "subjects": _subjects(agreement),
        "categories": "; ".join(_categories(workspace, agreement)),
        "recipients": "; ".join(_recipients(workspace, agreement)),
        "transfer": NOT_SAID,
        "retention": kept_of(agreement),
        "measures": "; ".join(measures()),
        "dpia": agreement.dpia.strip() or NOT_SAID,
        "until": agreement.valid_until,
    }


def _subjects(agreement: Agreement) -> str:
    about = " ".join((agreement.title, *agreement.columns)).casefold()
    if agreement.kind is Kind.LAYER and any(word in about for word in _PER_HOME):
        return "Eigenaren, bewoners of gebruikers: nooit met naam, alleen via het gebouw of het perceel"
    return _SUBJECTS.get(agreement.kind, "Niemand: het gaat over de openbare ruimte of over aantallen")


def _categories(workspace: Workspace, agreement: Agreement) -> Iterator[str]:
    for column in agreement.columns.values():
        how = what_becomes(column.role, agreement, workspace.settings)[1]
        word = ROLE_WORDS[column.role]
        yield f"{word} (alleen om een punt te vinden)" if column.role in _ADDRESS else f"{word} ({how})"


def _recipients(workspace: Workspace, agreement: Agreement) -> Iterator[str]:
    yield "medewerkers van de gemeente met een rol in Stip"
    signals = workspace.settings.signals
    if agreement.kind is Kind.INCIDENTS and {Purpose.OUTLOOK, Purpose.PLAN} & set(agreement.purposes):
        partners = ", ".join(partner.label for partner in signals.partners.values())
        if partners:
            yield f"bij overdracht van een signaal, nooit een melding: {partners}"
    if agreement.kind is Kind.INCIDENTS and Purpose.PUBLICATION in agreement.purposes:
        yield "iedereen: afgeronde cijfers per buurt en kwartaal, na goedkeuring"


def _own(shared: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Give what Stip keeps besides the sources."""
    for each in kept():
        yield {
            "activity": each.activity,
            "source": "",
            "kind": "eigen administratie",
            **shared,
            "purposes": each.purposes,
            "basis": "AVG artikel 6, eerste lid, onder e, en artikel 5, tweede lid (kunnen aantonen dat het mag)",
            "subjects": each.subjects,
            "categories": each.categories,
            "recipients": each.recipients,
            "transfer": NOT_SAID,
            "retention": each.retention,
            "measures": "; ".join(measures()[:3]),
            "dpia": NOT_SAID,
            "until": None,
        }
