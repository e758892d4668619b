# SPDX-License-Identifier: EUPL-1.2
"""A file that names a declared column otherwise: a person says which, and nothing else comes in by it."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from stip.agreements import Agreement, Column, Role, heading_key
from stip.errors import AgreementError


def also_known(agreement: Agreement, columns: Mapping[Role, Column]) -> Agreement:
    """Return the agreement with more names for columns that it declares.

    Only a heading is added, and how its dates are written; no column. What the agreement refuses by name, or what is
    about persons, stays refused.

    Parameters
    ----------
    agreement : Agreement
    columns : mapping of Role to Column
        Its ``names`` are added; its ``date_format``, where there is one, takes the place of what was agreed.

    Raises
    ------
    AgreementError
        When a role is not declared, or a heading may not be used; the sentence does not repeat the heading.
    """
    changed = dict(agreement.columns)
    for role, more in columns.items():
        heading = agreement.column_of(role)
        if heading is None:
            raise AgreementError(
                f"De afspraak ‘{agreement.source}’ kent geen kolom met de rol ‘{role}’. Spreek die eerst af."
            )
        own = changed[heading]
        taken = {heading_key(name) for name in (heading, *own.names)}
        names = (*own.names, *(name for name in more.names if heading_key(name) not in taken))
        changed[heading] = Column(role=role, names=names, date_format=more.date_format or own.date_format)
    try:
        return Agreement.model_validate(agreement.model_dump() | {"columns": changed})
    except ValidationError:
        raise AgreementError(
            "Een kolom die u koos, mag hier niet binnenkomen: zij gaat over personen, staat bij de geweigerde "
            f"kolommen van de afspraak ‘{agreement.source}’, of is twee keer gekozen. Kies een andere kolom."
        ) from None
