# SPDX-License-Identifier: EUPL-1.2
"""The off switch: people put a source, a stage or everything on hold, with a reason, and lift it again."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from stip.agreements.load import agreement_files, load_agreement
from stip.agreements.notice import write_notices
from stip.agreements.reason import tidy_reason
from stip.errors import AgreementError, OnHold, StipError
from stip.store import Workspace, free_reserve, keep_reserve, read_decisions, record
from stip.words import day

EVERYTHING = "all"
"""What a pause is about when it stops all work."""

STAGES = ("link", "outlook", "plan", "learn", "publish")
"""The stages that can be put on hold, besides everything and each source."""

PAUSE_ROLES = {
    "analist": "analist",
    "coordinator": "coördinator",
    "fg": "functionaris gegevensbescherming",
    "bestuur": "bestuur",
}
"""Who may pause and resume, by role, and how that is written; a name is never kept."""

_NAMES = {
    EVERYTHING: "Alles",
    "link": "Het koppelen",
    "outlook": "De vooruitblik",
    "plan": "Het weekplan",
    "learn": "De terugblik",
    "publish": "Het openbaar maken",
}


def pauses(workspace: Workspace) -> pd.DataFrame:
    """Return what is on hold now: ``what``, ``at``, ``reason``, ``role``, oldest first."""
    last = read_decisions(workspace, "pause").drop_duplicates("what", keep="last")
    return last.loc[last["paused"].astype(bool), ["what", "at", "reason", "role"]].reset_index(drop=True)


def is_paused(workspace: Workspace, what: str) -> bool:
    """Tell whether this itself is on hold; a pause of everything is another pause."""
    return what in set(pauses(workspace)["what"])


def check_not_paused(workspace: Workspace, what: str) -> None:
    """Refuse what people have put on hold.

    Parameters
    ----------
    what : str
        ``source:<name>``, or a stage; a pause of ``all`` stops each of them.

    Raises
    ------
    OnHold
        An `AgreementError`: what stands still, since when and why.
    """
    held = pauses(workspace)
    held = held[held["what"].isin([what, EVERYTHING])]
    if len(held):
        row = held.iloc[0]
        raise OnHold(f"{pause_in_words(workspace, row)} De FG of het bestuur kan dat opheffen.", str(row["what"]))


def pause_in_words(workspace: Workspace, row: pd.Series) -> str:
    """Say one row of `pauses` in a Dutch sentence."""
    since = row["at"].tz_convert(workspace.settings.town.time_zone)
    reason = str(row["reason"]).rstrip(".")
    return f"{pause_name(workspace, row['what'])} staat op pauze sinds {day(since)}: {reason}."


def pause_without_reason(workspace: Workspace, row: pd.Series) -> str:
    """Say one row of `pauses` for a document that goes around: since when and by which role, not why.

    A reason is the words of a person; it stays on the pages of the desk.
    """
    since = row["at"].tz_convert(workspace.settings.town.time_zone)
    role = PAUSE_ROLES.get(row["role"], str(row["role"]))
    return f"{pause_name(workspace, row['what'])} staat op pauze sinds {day(since)}, door de rol {role}."


def record_pause(workspace: Workspace, what: str, *, paused: bool, reason: str, role: str, at: datetime) -> str:
    """Put something on hold, or lift that again; what was made before stays as it is.

    The public notice goes first when something stops and last when it goes on: whatever is cut off half-way, outside
    never runs what stands still inside. On a full disk the reserve makes the room to stop; lifting does not
    spend it.

    Parameters
    ----------
    what : str
        ``all``, one of `STAGES`, or ``source:<name>`` of an agreement.
    paused : bool
        False lifts the pause.
    reason : str
        At most 140 characters, about the work and not about people.
    role : str
        One of `PAUSE_ROLES`.
    at : aware datetime

    Returns
    -------
    str
        Id of the decision.

    Raises
    ------
    AgreementError
        When there is no such thing, it is so already, or the reason or role will not do; what was written is not
        repeated.
    """
    held = set(pauses(workspace)["what"])
    sources = [f"source:{path.stem}" for path in agreement_files(workspace)]
    if what not in (EVERYTHING, *STAGES, *sources, *held):
        known = ", ".join([EVERYTHING, *STAGES, *sources])
        raise AgreementError(f"‘{what}’ kan niet op pauze. Kies uit {known}.")
    if paused and what in held:
        raise AgreementError(f"{pause_name(workspace, what)} staat al op pauze.")
    if not paused and what not in held:
        raise AgreementError(
            f"{pause_name(workspace, what)} staat niet op pauze. Wel op pauze: {', '.join(sorted(held)) or 'niets'}."
        )
    if role not in PAUSE_ROLES:
        raise AgreementError(f"Deze rol ken ik niet. Kies uit {', '.join(PAUSE_ROLES)}; schrijf geen naam.")
    row = pd.DataFrame({"what": [what], "paused": [paused], "reason": [tidy_reason(reason)], "role": [role]})
    with workspace.writing():
        at = _after_the_last(workspace, at)
        if paused:  # not before the lock is held: who writes now could use up the room, and we wait in vain
            free_reserve(workspace.root)
            standing = pauses(workspace)[["what", "at"]]
            write_notices(workspace, pd.DataFrame([*standing.to_dict("records"), {"what": what, "at": at}]), _NAMES)
        try:
            return record(workspace, "pause", row, at=at)[0]
        finally:
            publish_pauses(workspace)


def publish_pauses(workspace: Workspace) -> None:
    """Write what stands still into ``published/``, as the decisions have it; nothing changes when it says so already.

    Figures that go out, the desk that starts and ``stip doctor`` see to it too: a pause may be older than the notice.
    They also see to it that there is room on the disk for the next pause.
    """
    with workspace.writing():
        write_notices(workspace, pauses(workspace), _NAMES)
        keep_reserve(workspace.root)


def _after_the_last(workspace: Workspace, at: datetime) -> pd.Timestamp:
    """Give the moment, or just after the last decision: of two in the same instant the second must win."""
    last = read_decisions(workspace, "pause", history=True)["at"].max()
    return _utc(at) if pd.isna(last) else max(_utc(at), last + pd.Timedelta(microseconds=1))


def _utc(at: datetime) -> pd.Timestamp:
    return pd.Timestamp(at).tz_convert("UTC")


def pausable(workspace: Workspace) -> dict[str, str]:
    """Return what can be put on hold, and how it is called on screen: everything, each stage, each source."""
    names = [f"source:{path.stem}" for path in agreement_files(workspace)]
    sources = {name: pause_name(workspace, name) for name in names}
    return _NAMES | sources


def pause_name(workspace: Workspace, what: str) -> str:
    """Return how people call what can be on hold: a source by the title of its agreement, when that can be read."""
    if what in _NAMES:
        return _NAMES[what]
    source = what.removeprefix("source:")
    try:
        return f"De bron ‘{load_agreement(workspace, source).title}’"
    except StipError:  # the agreement is gone or faulty: that must not keep the switch away
        return f"De bron ‘{source}’"
