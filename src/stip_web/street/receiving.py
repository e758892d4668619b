# SPDX-License-Identifier: EUPL-1.2
"""Taking entries in: what is new is kept, what came before is told to be here, what does not fit is told why."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar, Literal

from django.utils import timezone

from stip.errors import PlanError, StipError, WorkspaceBusy, WorkspaceError
from stip.learn import Report, ReportCheck
from stip.signals import place_of_plan
from stip.space import week_number, week_start
from stip.store import Workspace
from stip.words import week_name
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action
from stip_web.plans.seen import own_team
from stip_web.street.codes import in_words
from stip_web.street.mirror import mirror
from stip_web.street.models import AreaRemark, Entry, Note
from stip_web.street.notes import WEEKS, keep, seal
from stip_web.street.payload import Sent
from stip_web.street.plan import team_plan
from stip_web.street.remarks import is_help
from stip_web.street.tasks import sweep
from stip_web.workspaces.clock import now as site_now
from stip_web.workspaces.clock import this_week

log = logging.getLogger(__name__)

Result = Literal["stored", "again", "refused"]
_MIRROR_WAIT_S = 0.5


@dataclass(frozen=True)
class Outcome:
    """What became of one entry.

    Attributes
    ----------
    id : str
    result : str
        ``stored``, ``again`` (it was here already) or ``refused``.
    said : str
        Why it was refused, in Dutch.
    field : str
        ``note`` or ``remark`` when only that is in the way.
    """

    id: str
    result: Result
    said: str = ""
    field: str = ""


@dataclass(frozen=True)
class Fits:
    """An entry that may be kept, with its sealed note, or else with the neighbourhood of a remark of help."""

    entry: Entry
    note: Note | None = None
    area_code: str = ""
    help: str = ""


@dataclass
class TakeEntries(Action[list[str]]):
    """Keep entries that are new; gives the ids of those that were."""

    action: ClassVar[str] = "street.entries"
    label: ClassVar[str] = "Terugkoppeling van de straat ontvangen"
    permission: ClassVar[tuple[May, ...]] = (May.FEEDBACK_OWN, May.FEEDBACK_WRITE)

    fitting: Sequence[Fits] = field(kw_only=True)

    def change(self) -> list[str]:
        """Keep each under its own number; the worker is asked to bring them on, in the same transaction."""
        new = []
        for one in self.fitting:
            entry = one.entry
            fields = {f.attname: getattr(entry, f.attname) for f in Entry._meta.concrete_fields if not f.primary_key}
            kept, made = Entry.objects.get_or_create(entry_id=entry.entry_id, defaults=fields)
            if not made:
                continue
            new.append(str(kept.entry_id))
            if one.note and keep(one.note):  # the worker destroys the notes of this week when their time comes
                sweep.using(run_after=timezone.now() + timedelta(weeks=WEEKS + 1)).enqueue()
            if one.help:
                AreaRemark.objects.create(code=one.help, area_code=one.area_code, week=kept.week)
        self.subject = ", ".join(sorted({one.entry.week for one in self.fitting}))
        self.details = {"entries": len(new)}
        if new:
            sweep.enqueue()
        return new


def take(user: User, workspace: Workspace, sent: Sequence[Sent]) -> list[Outcome]:
    """Take entries in, each apart: one that does not fit holds up no other.

    Returns
    -------
    list of Outcome
        In the order of ``sent``.
    """
    known = dict(Entry.objects.filter(pk__in=[one.id for one in sent]).values_list("pk", "digest"))
    checking = ReportCheck(workspace)
    outcomes: dict[str, Outcome] = {}
    fitting: dict[str, Fits] = {}
    for one in sent:
        name = str(one.id)
        if name in fitting:
            continue
        if one.id in known:
            same = known[one.id] == one.digest
            outcomes[name] = Outcome(name, "again") if same else Outcome(name, "refused", _OTHER)
            continue
        try:
            fitting[name] = _fits(user, workspace, checking, one)
        except _Refused as error:
            outcomes[name] = Outcome(name, "refused", str(error), error.field)
        except StipError as error:
            outcomes[name] = Outcome(name, "refused", str(error))
    new = set(TakeEntries(user, fitting=list(fitting.values())).run()) if fitting else set()
    if new:
        _bring(workspace)
    return [
        outcomes.get(str(one.id)) or Outcome(str(one.id), "stored" if str(one.id) in new else "again") for one in sent
    ]


_OTHER = "Onder dit nummer staat al iets anders. Meld het opnieuw vanaf de lijst."
_OTHER_TEAM = "Deze plek is van een ander team. Meld het aan uw coördinator."
_NO_AREA = "Stip weet niet in welke buurt deze plek ligt, en bewaart daarom niet dat er hulp nodig is. Bel zelf."
_NOT_BESIDE_HELP = "Bij ‘hulp nodig’ hoort geen opmerking: die zou bij deze plek blijven staan. Verstuur zonder."
_NOT_SEALED = "De server kan de opmerking nu niet veilig bewaren. Verstuur zonder, en zeg het de beheerder."


class _Refused(StipError):
    """Only one field is in the way."""

    def __init__(self, said: str, field_: str) -> None:
        super().__init__(said)
        self.field = field_


def _fits(user: User, workspace: Workspace, checking: ReportCheck, one: Sent) -> Fits:
    """Give the entry with what is kept beside it.

    Raises
    ------
    StipError
        When it does not fit; the sentence says why.
    """
    help_ = is_help(workspace.settings, one.remark)
    entry = _entry(user, workspace, checking, one, remark="" if help_ else one.remark)
    try:
        note = one.tidy_note()
    except StipError as error:
        raise _Refused(str(error).replace("reden", "opmerking"), "note") from None
    if help_:
        if note:
            raise _Refused(_NOT_BESIDE_HELP, "note")
        _, area_code = place_of_plan(workspace, entry.week, entry.place_id)
        if not area_code:
            raise _Refused(_NO_AREA, "remark")
        return Fits(entry, area_code=area_code, help=one.remark)
    try:  # here and not in the transaction: what cannot be sealed holds up no other
        return Fits(entry, note=seal(entry, note) if note else None)
    except (WorkspaceError, OSError) as error:
        log.error("a note cannot be sealed: %s", type(error).__name__)
        raise _Refused(_NOT_SEALED, "note") from None


def _entry(user: User, workspace: Workspace, checking: ReportCheck, one: Sent, *, remark: str) -> Entry:
    """Give the entry as it is kept.

    Raises
    ------
    StipError
        When it does not fit; the sentence says why.
    """
    now = site_now(workspace)
    team = own_team(user, workspace)
    better = tuple(workspace.grid.cell_named(name) for name in one.better)
    report = Report(one.id.hex, one.plan_id, one.place_id, one.visited, now, code=one.code, better_cells=better)
    week = checking.week_of(report)
    _check_not_long_past(workspace, week, this_week(workspace))
    if checking.team_of(report) != team:
        raise StipError(_OTHER_TEAM)
    plan = team_plan(workspace, week, team)
    place = plan.place(one.place_id) if plan else None
    return Entry(
        entry_id=one.id,
        team=team,
        plan_id=one.plan_id,
        place_id=one.place_id,
        week=week,
        visited=one.visited,
        code=one.code,
        why=one.why,
        better=one.better,
        remark=remark,
        hours=round(place.hours_each, 2) if place and one.visited else 0.0,
        told_at=_told_at(workspace, week, now, one.claimed_age_s),
        digest=one.digest,
    )


def _check_not_long_past(workspace: Workspace, week: str, here: str) -> None:
    """Refuse what is told of a week that is long over: nobody recalls that, and its evaluation is final.

    Raises
    ------
    PlanError
    """
    most = workspace.settings.plan.feedback_weeks
    if week_number(here) - week_number(week) > most:
        until = "tot het eind van de week" if not most else f"tot {most} {'week' if most == 1 else 'weken'} daarna"
        raise PlanError(
            f"Dit gaat over {week_name(week)}. Terugkoppelen kan {until}. Vertel het aan uw coördinator, of gooi het "
            "weg."
        )


def _told_at(workspace: Workspace, week: str, now: datetime, age_s: float) -> datetime:
    """Give when it was told: by the server's clock, less the age, by the hour; never before the week of its plan."""
    told = (now - timedelta(seconds=age_s)).replace(minute=0, second=0, microsecond=0)
    return max(told, week_start(week, workspace.settings.town.time_zone))


def _bring(workspace: Workspace) -> None:
    """Bring them to the workspace at once when it is free; else the worker does."""
    try:
        mirror(workspace, wait_seconds=_MIRROR_WAIT_S)
    except WorkspaceBusy:
        return


def told_this_week(week: str, team: str) -> dict[str, list[dict[str, str]]]:
    """Give for each place what its team told, in words, oldest first; nobody's name is there."""
    found: dict[str, list[dict[str, str]]] = {}
    for entry in Entry.objects.filter(week=week, team=team):
        words = in_words(visited=entry.visited, code=entry.code, why=entry.why)
        found.setdefault(entry.place_id, []).append({"id": str(entry.entry_id), "words": words})
    return found
