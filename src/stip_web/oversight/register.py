# SPDX-License-Identifier: EUPL-1.2
"""The register of processing (AVG article 30), made from the agreements and the settings: nothing is typed twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings as site

from stip.agreements import Agreement, Kind, Purpose, Role, agreements_of
from stip.store import Workspace
from stip.words import number
from stip_web.intakes.gate_words import what_becomes
from stip_web.intakes.headings import ROLE_WORDS
from stip_web.intakes.models.upload import LIFE
from stip_web.intakes.views.agreements import KINDS
from stip_web.street.notes import WEEKS

COLUMNS = {
    "activity": "Verwerking",
    "source": "Afspraak",
    "kind": "Wat",
    "controller": "Verantwoordelijke",
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
MEASURES = (
    "rechten per rol, standaard dicht",
    "inloggen in twee stappen",
    "elke inzage vastgelegd zonder uitzondering",
    f"bestanden versleuteld in quarantaine, vernietigd na publiceren of na {LIFE.total_seconds() / 3600:.0f} uur",
    "nummers vervangen door een code met een sleutel buiten de werkmap",
    "versleutelde reservekopieën",
)


def rows_of(workspace: Workspace) -> list[dict[str, Any]]:
    """Give a row for each processing: of each source, and of what the site keeps of the people who work with it."""
    held = agreements_of(workspace)
    controller = next((each.controller.strip() for each in held.values() if each.controller.strip()), NOT_SAID)
    return [_of(workspace, agreement) for agreement in held.values()] + list(_own(controller))


def _of(workspace: Workspace, agreement: Agreement) -> dict[str, Any]:
    return {
        "activity": agreement.title,
        "source": agreement.source,
        "kind": KINDS[agreement.kind],
        "controller": agreement.controller.strip() or NOT_SAID,
        "purposes": "; ".join(_PURPOSES[purpose] for purpose in agreement.purposes),
        "basis": agreement.legal_basis.strip() or NOT_SAID,
        "subjects": _SUBJECTS.get(agreement.kind, "Niemand: het gaat over de openbare ruimte of over aantallen"),
        "categories": "; ".join(_categories(workspace, agreement)),
        "recipients": "; ".join(_recipients(workspace, agreement)),
        "transfer": "nee",
        "retention": f"{number(agreement.retention_months)} maanden",
        "measures": "; ".join(MEASURES),
        "dpia": agreement.dpia.strip() or NOT_SAID,
        "until": agreement.valid_until,
    }


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
    if Purpose.PUBLICATION in agreement.purposes:
        yield "iedereen: afgeronde cijfers per buurt en kwartaal, na goedkeuring"


def _own(controller: str) -> Iterator[dict[str, Any]]:
    """Give what Stip keeps of the people who work with it."""
    months = f"{number(site.ENVIRONMENT.log_months)} maanden"
    task = "AVG artikel 6, eerste lid, onder e, en artikel 5, tweede lid (kunnen aantonen dat het mag)"
    for activity, what, categories, kept in (
        ("Logboek en inzage", "vastleggen wie wat deed en inzag", "gebruikersnaam; rol; tijdstip; handeling", months),
        ("Accounts", "inloggen en rechten", "gebruikersnaam; naam; e-mailadres; rol; team", "tot het account sluit"),
        ("Opmerkingen van de straat", "overdracht binnen het team", "korte opmerking over een plek",
         f"{number(WEEKS)} weken"),
    ):  # fmt: skip
        yield {
            "activity": activity,
            "source": "",
            "kind": "eigen administratie",
            "controller": controller,
            "purposes": what,
            "basis": task,
            "subjects": "Medewerkers van de gemeente",
            "categories": categories,
            "recipients": "de beheerder; de functionaris gegevensbescherming; wie het betreft",
            "transfer": "nee",
            "retention": kept,
            "measures": "; ".join(MEASURES[:3]),
            "dpia": NOT_SAID,
            "until": None,
        }
