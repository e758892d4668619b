# SPDX-License-Identifier: EUPL-1.2
"""The off switch: people put a source, a stage or everything on hold, with a reason, and lift it again."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from stip.agreements.load import agreement_files
from stip.agreements.personal import find_personal
from stip.errors import AgreementError
from stip.store import Workspace, read_decisions, record

EVERYTHING = "all"
STAGES = {
    EVERYTHING: "Alles",
    "link": "Het koppelen",
    "outlook": "De vooruitblik",
    "plan": "Het weekplan",
    "learn": "De terugblik",
}
"""What can be put on hold besides ``source:<name>``, and what it is called."""

PAUSE_ROLES = ("analist", "coordinator", "fg", "bestuur")
"""Who may pause and resume, by role; a name is never kept."""

_MOST_LETTERS = 140


def pauses(workspace: Workspace) -> pd.DataFrame:
    """Return what is on hold now: ``what``, ``at``, ``reason``, ``role``, oldest first."""
    last = read_decisions(workspace, "pause").drop_duplicates("what", keep="last")
    return last.loc[last["paused"].astype(bool), ["what", "at", "reason", "role"]].reset_index(drop=True)


def pause(workspace: Workspace, what: str, *, reason: str, role: str, at: datetime) -> None:
    """Put something on hold until it is resumed.

    Parameters
    ----------
    what : str
        A key of `STAGES`, or ``source:<name>``.
    reason : str
        At most 140 characters, about the work and not about people.
    role : str
        One of `PAUSE_ROLES`.
    at : aware datetime

    Raises
    ------
    AgreementError
        When there is no such thing, it is on hold already, or the reason or role will not do.
    """
    if what in set(pauses(workspace)["what"]):
        raise AgreementError(f"{_named(what)} staat al op pauze.")
    sources = [path.stem for path in agreement_files(workspace)]
    if what not in STAGES and what.removeprefix("source:") not in sources:
        known = ", ".join([*STAGES, *(f"source:{source}" for source in sources)])
        raise AgreementError(f"‘{what}’ ken ik niet. Op pauze kunnen: {known}.")
    _decide(workspace, what, True, reason=reason, role=role, at=at)


def resume(workspace: Workspace, what: str, *, reason: str, role: str, at: datetime) -> None:
    """Lift a pause; parameters as of `pause`.

    Raises
    ------
    AgreementError
        When it is not on hold, or the reason or role will not do.
    """
    held = list(pauses(workspace)["what"])
    if what not in held:
        raise AgreementError(f"‘{what}’ staat niet op pauze. Wel op pauze: {', '.join(held) or 'niets'}.")
    _decide(workspace, what, False, reason=reason, role=role, at=at)


def check_not_paused(workspace: Workspace, what: str) -> None:
    """Refuse what people have put on hold.

    Parameters
    ----------
    what : str
        ``source:<name>``, or a stage; a pause of ``all`` stops each of them.

    Raises
    ------
    AgreementError
    """
    held = pauses(workspace)
    held = held[held["what"].isin([what, EVERYTHING])]
    if len(held):
        raise AgreementError(
            f"{pause_in_words(workspace, held.iloc[0])} Hef de pauze op met ‘stip agreements resume’."
        )


def pause_in_words(workspace: Workspace, row: pd.Series) -> str:
    """Say one row of `pauses` in a Dutch sentence."""
    since = row["at"].tz_convert(workspace.settings.town.time_zone)
    return f"{_named(row['what'])} staat op pauze sinds {since:%d-%m-%Y}: {str(row['reason']).rstrip('.')}."


def _decide(workspace: Workspace, what: str, paused: bool, *, reason: str, role: str, at: datetime) -> None:
    if role not in PAUSE_ROLES:
        raise AgreementError(f"Deze rol ken ik niet. Kies uit {', '.join(PAUSE_ROLES)}; schrijf geen naam.")
    tidy = " ".join(reason.split())
    if not 0 < len(tidy) <= _MOST_LETTERS:
        raise AgreementError(f"Schrijf een reden van 1 tot {_MOST_LETTERS} tekens; deze telt er {len(tidy)}.")
    kind = find_personal(pd.Series([tidy], dtype="string")).iloc[0]
    if not pd.isna(kind):
        raise AgreementError(
            f"In de reden staat iets dat op een persoon kan wijzen ({kind}). Schrijf haar zonder dat."
        )
    row = {"what": [what], "paused": [paused], "reason": [tidy], "role": [role]}
    record(workspace, "pause", pd.DataFrame(row), at=at)


def _named(what: str) -> str:
    return STAGES.get(what) or (
        f"De bron ‘{what.removeprefix('source:')}’" if what.startswith("source:") else f"‘{what}’"
    )
