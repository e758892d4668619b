# SPDX-License-Identifier: EUPL-1.2
"""Whether a source may be read today, as this kind of data."""

from __future__ import annotations

from datetime import date

from stip.agreements import Agreement, Kind, check_not_paused, check_use, load_agreement
from stip.errors import AgreementError
from stip.store import Workspace

KINDS_NL = {
    Kind.INCIDENTS: "meldingen",
    Kind.LAYER: "een kaartlaag",
    Kind.AREAS: "gebieden",
    Kind.ADDRESSES: "adressen",
    Kind.COUNTS: "aantallen",
}


def agreement_to_read(workspace: Workspace, source: str, kind: Kind, *, on: date) -> Agreement:
    """Return the agreement under which a source may be read on a day.

    Reading serves whatever the source was agreed for; each later stage checks its own purpose.

    Raises
    ------
    AgreementError
        When there is no agreement, it is about another kind of data, it is not valid on that day, or the source is
        on hold.
    """
    agreement = load_agreement(workspace, source)
    if agreement.kind is not kind:
        raise AgreementError(
            f"De afspraak ‘{source}’ gaat over {KINDS_NL[agreement.kind]}, niet over {KINDS_NL[kind]}. "
            "Kies een andere afspraak met --agreement."
        )
    check_use(agreement, agreement.purposes[0], on=on)
    check_not_paused(workspace, f"source:{source}")
    return agreement
