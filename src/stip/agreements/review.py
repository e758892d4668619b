# SPDX-License-Identifier: EUPL-1.2
"""Reading the agreements over as a privacy officer would: what is wrong, what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from stip.agreements.forbidden import names_means
from stip.agreements.load import agreement_files, read_agreement
from stip.agreements.model import Agreement, Kind, Role
from stip.agreements.pause import pause_in_words, pauses
from stip.agreements.retention import RETENTION_EVERY, last_retention, unread_retention_runs
from stip.agreements.use import PROPOSAL
from stip.errors import SettingsError
from stip.settings import Settings
from stip.store import Workspace, batches

_SOON = timedelta(days=60)
_LONG_MONTHS = 60
_FINE_M = 10
_ADDRESS = {Role.STREET, Role.HOUSE_NUMBER, Role.POSTCODE, Role.PLACE_NAME}


class Weight(StrEnum):
    """How bad a remark is."""

    FAULT = "fout"  # the source may not be used like this
    OPEN = "let op"  # still to be settled by people
    GOOD = "goed"


@dataclass(frozen=True)
class Remark:
    """One thing that was seen.

    Attributes
    ----------
    source : str
        Empty when it is about the workspace.
    weight : Weight
    what : str
        A Dutch sentence, with the next step when it is not good.
    """

    source: str
    weight: Weight
    what: str


def review(workspace: Workspace, *, on: date, with_pauses: bool = True) -> list[Remark]:
    """Look all agreements of a workspace over, as they stand on a day.

    Parameters
    ----------
    with_pauses : bool
        Whether to name what is on hold and why, in the words of a person; not for a document that goes around.
    """
    remarks: list[Remark] = []
    files = agreement_files(workspace)
    if not files:
        remarks.append(Remark("", Weight.FAULT, "Er zijn geen afspraken. Zonder afspraak wordt niets gelezen."))
    for path in files:
        try:
            agreement = read_agreement(path)
        except SettingsError as error:
            remarks.append(Remark(path.stem, Weight.FAULT, str(error)))
            continue
        found = [
            *_dates(agreement, on),
            *_accountability(agreement),
            *_minimal(agreement, workspace.settings),
        ]
        good = f"In orde, tot en met {agreement.valid_until:%d-%m-%Y}."
        remarks += [Remark(agreement.source, weight, what) for weight, what in found or [(Weight.GOOD, good)]]
    if with_pauses:
        remarks += _paused(workspace)
    return remarks + list(_carried_out(workspace, {path.stem for path in files}, on))


def _dates(agreement: Agreement, on: date) -> Iterator[tuple[Weight, str]]:
    if on > agreement.valid_until:
        yield (
            Weight.FAULT,
            f"De afspraak liep tot en met {agreement.valid_until:%d-%m-%Y}. De bron wordt niet meer gelezen. "
            "Spreek opnieuw af en pas dan valid_until aan.",
        )
    elif on < agreement.valid_from:
        yield Weight.OPEN, f"De afspraak gaat pas in op {agreement.valid_from:%d-%m-%Y}."
    elif agreement.valid_until - on < _SOON:
        yield Weight.OPEN, f"De afspraak loopt af op {agreement.valid_until:%d-%m-%Y}. Begin nu over een nieuwe."


def _accountability(agreement: Agreement) -> Iterator[tuple[Weight, str]]:
    if not agreement.legal_basis.strip():
        yield Weight.FAULT, "Er staat geen grondslag in. Schrijf bij legal_basis op welke wet dit toestaat."
    elif agreement.legal_basis.strip().casefold().startswith(PROPOSAL):
        yield (
            Weight.OPEN,
            "De grondslag is nog een voorstel. Laat hem bevestigen en haal dan ‘Voorstel’ weg uit legal_basis.",
        )
    if not agreement.controller.strip():
        yield Weight.OPEN, "Er staat niet wie verantwoordelijk is. Vul controller in, zoals het college van B en W."
    if not agreement.dpia.strip():
        yield Weight.OPEN, "Er staat niet waar de DPIA ligt (de beoordeling van privacyrisico's). Vul dpia in."


def _minimal(agreement: Agreement, settings: Settings) -> Iterator[tuple[Weight, str]]:
    cell_m = settings.town.cell_m
    if agreement.crime_type and agreement.crime_type not in settings.crime_types:
        known = ", ".join(sorted(settings.crime_types))
        yield Weight.FAULT, f"crime_type is ‘{agreement.crime_type}’, maar stip.toml kent alleen {known}."
    if agreement.kind is Kind.INCIDENTS:
        if agreement.precision_m < _FINE_M:
            yield (
                Weight.OPEN,
                f"De plek is tot op {agreement.precision_m} meter bekend en kan één woning aanwijzen. "
                f"Kan {_FINE_M} meter of meer ook?",
            )
        if cell_m % agreement.precision_m and agreement.precision_m % cell_m:
            yield (
                Weight.OPEN,
                f"precision_m ({agreement.precision_m}) past niet in een vak van {cell_m} meter; een melding kan dan "
                f"in het vak ernaast komen. Kies een deler, zoals {_divisor(cell_m, agreement.precision_m)}.",
            )
        if agreement.retention_months > _LONG_MONTHS:
            yield (
                Weight.OPEN,
                f"Meldingen blijven {agreement.retention_months:g} maanden. Is zo lang nodig? Schrijf op waarom.",
            )
        if _ADDRESS & {column.role for column in agreement.columns.values()}:
            yield Weight.OPEN, "Het adres wordt gelezen om een punt te vinden en daarna meteen weggegooid. Mag dat?"
    if not settings.link.allow_socio_economic:
        for heading in filter(names_means, agreement.columns):
            yield (
                Weight.FAULT,
                f"Kolom ‘{heading}’ gaat over inkomen, werk of opleiding. Dat staat uit in stip.toml. Haal hem weg.",
            )


def _divisor(cell_m: int, precision_m: int) -> int:
    return min((d for d in range(1, cell_m + 1) if cell_m % d == 0), key=lambda d: (abs(d - precision_m), -d))


def _paused(workspace: Workspace) -> Iterator[Remark]:
    for _, row in pauses(workspace).iterrows():
        yield Remark(row["what"].removeprefix("source:"), Weight.OPEN, pause_in_words(workspace, row))


def _carried_out(workspace: Workspace, agreed: set[str], on: date) -> Iterator[Remark]:
    held = batches(workspace)
    for source in sorted({str(manifest["source"]) for manifest in held if manifest.get("source")} - agreed):
        yield Remark(source, Weight.FAULT, "Er zijn meldingen van deze bron, maar er is geen afspraak meer over.")
    last_of = {str(manifest["source"]): manifest for manifest in held if manifest.get("source")}
    for source, manifest in sorted(last_of.items()):
        count = int(manifest.get("person_columns", 0))
        if count and source in agreed:
            columns = "stond een kolom" if count == 1 else f"stonden {count} kolommen"
            what = (
                f"In de laatste levering {columns} over personen. Stip las dat niet, maar wie het krijgt, verwerkt "
                "het al. Spreek met de verstrekker af dat het niet meer meekomt."
            )
            yield Remark(source, Weight.OPEN, what)
    unread = unread_retention_runs(workspace)
    yield from (Remark("", Weight.OPEN, what) for what in unread)
    if held and not unread:
        last = last_retention(workspace)
        if last is None or on - last > RETENTION_EVERY:
            when = f"voor het laatst op {last:%d-%m-%Y}" if last else "nog nooit"
            what = f"Oude meldingen zijn {when} opgeruimd. Doe ‘stip agreements retention’, elke maand."
            yield Remark("", Weight.OPEN, what)
