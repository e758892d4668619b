# SPDX-License-Identifier: EUPL-1.2
"""May this be used, for this, today? Refusals in one sentence each."""

from __future__ import annotations

from datetime import date

from stip.agreements.model import Agreement, Kind, Purpose
from stip.errors import AgreementError
from stip.settings import Reporting, Settings

PROPOSAL = "voorstel"
"""With this word a basis begins that nobody confirmed yet."""


def check_use(agreement: Agreement, purpose: Purpose, *, on: date) -> None:
    """Refuse a use that the agreement does not name, or outside its dates.

    Figures of reports go out only when the agreement says on what ground, who decides, and where the DPIA lies.

    Raises
    ------
    AgreementError
    """
    if purpose not in agreement.purposes:
        agreed = ", ".join(agreement.purposes)
        raise AgreementError(
            f"De afspraak ‘{agreement.source}’ laat het doel ‘{purpose}’ niet toe. Afgesproken is: {agreed}. "
            f"Wijzig eerst de afspraak, samen met de privacy officer."
        )
    if on < agreement.valid_from:
        raise AgreementError(
            f"De afspraak ‘{agreement.source}’ gaat pas in op {agreement.valid_from:%d-%m-%Y}. "
            "Wacht tot dan, of pas valid_from aan als dat is afgesproken."
        )
    if on > agreement.valid_until:
        raise AgreementError(
            f"De afspraak ‘{agreement.source}’ liep tot en met {agreement.valid_until:%d-%m-%Y}. "
            "Spreek opnieuw af en pas dan valid_until aan."
        )
    if purpose is Purpose.PUBLICATION and agreement.kind is Kind.INCIDENTS and (missing := not_adopted(agreement)):
        raise AgreementError(
            f"Van de bron ‘{agreement.source}’ ontbreekt in de afspraak {' en '.join(missing)}. Cijfers uit "
            "meldingen gaan pas naar buiten als dat er staat."
        )


def not_adopted(agreement: Agreement) -> list[str]:
    """Say what of the accountability of a source nobody filled in or confirmed; empty when all of it is there."""
    basis = agreement.legal_basis.strip()
    asked = {
        "een bevestigde grondslag (legal_basis)": basis and not basis.casefold().startswith(PROPOSAL),
        "wie verantwoordelijk is (controller)": agreement.controller.strip(),
        "waar de DPIA ligt (dpia)": agreement.dpia.strip(),
    }
    return [what for what, there in asked.items() if not there]


def check_target(settings: Settings, crime_type: str) -> None:
    """Refuse to look ahead for a crime type that is unknown, or that the police find themselves (*haal*).

    Raises
    ------
    AgreementError
    """
    if crime_type not in settings.crime_types:
        known = ", ".join(sorted(settings.crime_types))
        raise AgreementError(f"De soort ‘{crime_type}’ ken ik niet. Bekend zijn {known}.")
    if settings.crime_types[crime_type].reporting is Reporting.POLICE:
        label = settings.crime_types[crime_type].label
        raise AgreementError(
            f"Voor ‘{label}’ kan geen vooruitblik worden gemaakt. De politie vindt dit "
            "vooral waar zij zelf kijkt, dus zij zou haar eigen werk terugzien. Kies een soort die bewoners melden."
        )
