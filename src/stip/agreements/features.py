# SPDX-License-Identifier: EUPL-1.2
"""Which context may never be tied to places."""

from __future__ import annotations

from collections.abc import Iterable

from stip.agreements.forbidden import names_means, names_origin, names_person
from stip.errors import AgreementError


def check_features(names: Iterable[str], *, allow_socio_economic: bool = False) -> None:
    """Refuse context whose name says that it is about origin, nationality, ethnicity, religion or a person.

    Parameters
    ----------
    names : iterable of str
        Names of a layer, its columns and its categories. Capitals, accents, spaces and signs do not count; Dutch
        and English are known, and the column names of CBS.
    allow_socio_economic : bool
        Whether income, benefits, house values and the like may be used.

    Raises
    ------
    AgreementError
        Names the first name that is refused.
    """
    for name in names:
        if names_origin(name):
            raise AgreementError(
                f"‘{name}’ gaat over herkomst, nationaliteit, etniciteit of geloof, of staat daar dicht bij. "
                "Dat wordt nooit gebruikt. Haal het weg uit de laag of uit stip.toml."
            )
        if names_person(name):
            raise AgreementError(f"‘{name}’ gaat over personen. Stip gaat over plekken. Haal het weg.")
        if not allow_socio_economic and names_means(name):
            raise AgreementError(
                f"‘{name}’ gaat over inkomen, werk of opleiding van bewoners. Dat staat standaard uit. Haal het weg, "
                "of spreek het af met de privacy officer en zet link.allow_socio_economic aan in stip.toml."
            )
