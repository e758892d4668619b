# SPDX-License-Identifier: EUPL-1.2
"""Anything unusual? Each sign is a number, what it means, and where to go; only what somebody may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from django.urls import reverse
from django.utils import timezone

from stip.agreements import Agreement, Kind, Weight, agreements_of, pause_in_words, pauses, review
from stip.publish import published_quarters
from stip.store import Workspace, batches, incident_sources
from stip.words import number
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.models import AccessLine
from stip_web.desk.home.broken import BROKEN, UNREADABLE, told
from stip_web.oversight.approved import waiting
from stip_web.oversight.keeping import due, forgotten
from stip_web.oversight.looking import by_command, by_role, exports
from stip_web.oversight.own import without_term
from stip_web.oversight.publishing import held_quarters, proposal_of, waiting_quarters
from stip_web.oversight.questions import questions
from stip_web.oversight.register import NOT_SAID, rows_of
from stip_web.workspaces.clock import now, today

WEEK = timedelta(days=7)
GOOD, ATTENTION, LATE = "good", "attention", "late"
_WORDS = {GOOD: "In orde", ATTENTION: "Let op", LATE: "Te laat"}
_NOT_CONFIRMED = {
    "voorstel": "nog een voorstel",
    "voorbeeld": "een voorbeeld, in een echte gemeente nog te bevestigen",
}
"""With which word a basis begins that nobody confirmed, and how that is said."""


@dataclass(frozen=True)
class Sign:
    """One answer to *anything unusual?*.

    Attributes
    ----------
    title : str
    count : int or None
        None when it cannot be counted here.
    lines : tuple of str
        Dutch sentences.
    mark : str
        `GOOD`, `ATTENTION` or `LATE`.
    link, url : str
    """

    title: str
    count: int | None
    lines: tuple[str, ...]
    mark: str
    link: str
    url: str

    @property
    def word(self) -> str:
        """The mark in a word."""
        return _WORDS[self.mark]


def signs(user: User, workspace: Workspace) -> list[Sign]:
    """Give every sign that this person may see, the most pressing first."""
    found = [_alone(make, workspace) for needed, make in SIGNS if user.may(*needed)]
    order = (LATE, ATTENTION, GOOD)
    return sorted(dict.fromkeys(found), key=lambda sign: order.index(sign.mark))


def _alone(make: Callable[[Workspace], Sign], workspace: Workspace) -> Sign:
    """Give a sign, or what is wrong with it: one file that cannot be read takes no other sign away."""
    try:
        return make(workspace)
    except BROKEN as error:
        said = (told(error, make.__name__),)
        return Sign(UNREADABLE, None, said, ATTENTION, "Opnieuw kijken", reverse("oversight:index"))


def _still(workspace: Workspace) -> Sign:
    held = pauses(workspace)
    lines = tuple(pause_in_words(workspace, row) for _, row in held.iterrows()) or ("Alles loopt.",)
    mark = ATTENTION if len(held) else GOOD
    return Sign("Wat staat stil", len(held), lines, mark, "Pauzes", reverse("oversight:pause"))


def _basis(workspace: Workspace) -> Sign:
    """Tell sources without a basis, controller or DPIA, past their term, or with reports but no agreement."""
    remarks = review(workspace, on=today(workspace))
    faulty = sorted({remark.source for remark in remarks if remark.weight is Weight.FAULT and remark.source})
    held = agreements_of(workspace)
    unconfirmed = {
        said: [each.source for each in held.values() if each.legal_basis.strip().casefold().startswith(word)]
        for word, said in _NOT_CONFIRMED.items()
    }
    names = [held[source].title if source in held else source for source in faulty]
    lines = [f"‘{name}’ mag zo niet worden gebruikt." for name in names]
    lines += [
        f"Van {_many(len(those), 'bron', 'bronnen')} is de grondslag {said}."
        for said, those in unconfirmed.items()
        if those
    ]
    lost = sorted(set(incident_sources(workspace)) - set(held))
    if lost:
        lines.append(f"Er zijn meldingen zonder afspraak: {', '.join(lost)}.")
    silent = [
        (agreement, missing)
        for agreement in held.values()
        if agreement.kind is Kind.INCIDENTS and (missing := _missing(agreement))
    ]
    lines += [f"Van ‘{agreement.title}’ ontbreekt {missing}." for agreement, missing in silent]
    unsure = {*faulty, *lost, *chain(*unconfirmed.values()), *(each.source for each, _ in silent)}
    mark = LATE if faulty else ATTENTION if unsure else GOOD
    said = tuple(lines) or ("Elke bron heeft een grondslag en een geldige afspraak.",)
    return Sign("Bronnen zonder vaste grondslag of afspraak", len(unsure), said, mark, "Afspraken", _agreements())


def _missing(agreement: Agreement) -> str:
    """Say what of the accountability of a source of reports nobody filled in."""
    asked = {"wie verantwoordelijk is": agreement.controller, "waar de DPIA ligt": agreement.dpia}
    return " en ".join(what for what, said in asked.items() if not said.strip())


def _agreements() -> str:
    return reverse("intakes:agreements")


def _register(workspace: Workspace) -> Sign:
    """Count what the register of processing still lacks, as its own page does."""
    missing = sum(value == NOT_SAID for row in rows_of(workspace) for value in row.values())
    lines = ("Vul ze in bij de afspraak." if missing else "Alles is ingevuld.",)
    mark = ATTENTION if missing else GOOD
    return Sign("Open plekken in het register", missing, lines, mark, "Register", reverse("oversight:register"))


def _retention(workspace: Workspace) -> Sign:
    found = due(workspace)
    over = sum(each.over for each in found)
    lines = [f"{each.what}: {number(each.over)} voorbij {each.term}." for each in found if each.over]
    late = forgotten(workspace)
    if late:
        lines.append(f"Daarvan {number(late)} al meer dan een maand: het opruimen bleef uit.")
    elif over:
        lines.append("Dat is korter dan een maand zo. Het gaat mee met de volgende keer opruimen.")
    waits = waiting(workspace) is not None
    if waits:
        lines.append("Er wacht een goedkeuring op uitvoering door de beheerder.")
    mark = LATE if late else ATTENTION if over and waits else GOOD
    said = tuple(lines) or ("Niets is voorbij zijn termijn.",)
    return Sign("Voorbij de bewaartermijn", over, said, mark, "Bewaartermijnen", reverse("oversight:retention"))


def _refused(workspace: Workspace) -> Sign:
    since = now(workspace) - WEEK
    recent = [batch for batch in batches(workspace) if datetime.fromisoformat(str(batch["received_at"])) >= since]
    refused = sum(int(batch.get("refused", 0)) for batch in recent)
    rows = sum(int(batch.get("rows", 0)) for batch in recent)
    lines = (f"In {_many(len(recent), 'levering', 'leveringen')}: {number(refused)} van {number(rows)} rijen.",)
    many = rows and refused > workspace.settings.intake.refused_limit * rows
    mark = ATTENTION if many else GOOD
    return Sign("Geweigerd deze week", refused, lines, mark, "Wat de poort deed", reverse("oversight:rules"))


def _exports(workspace: Workspace) -> Sign:
    since = timezone.now() - WEEK
    recent = list(exports().filter(at__gte=since))
    commands = sum(row["at"] >= since for row in by_command(workspace))
    fine = sum(bool(line.details.get("fine")) for line in recent) + commands
    many = len(recent) + commands
    lines: tuple[str, ...] = (f"{number(fine)} daarvan tot op de plek." if many else "Niemand nam iets mee.",)
    if commands:
        lines += (f"{number(commands)} daarvan met een opdracht op de server.",)
    return Sign("Uitvoer deze week", many, lines, GOOD, "Uitvoer", reverse("oversight:exports"))


def _looks(workspace: Workspace) -> Sign:
    recent = AccessLine.objects.filter(at__gte=timezone.now() - WEEK, fine=True)
    rows = by_role(recent)
    people = recent.order_by().values("actor_name").distinct().count()
    lines = tuple(
        f"{row['roles']}: {_many(row['people'], 'mens', 'mensen')}, {number(row['looks'])} keer." for row in rows
    )
    said = lines or ("Niemand keek tot op de plek.",)
    return Sign("Wie keek tot op de plek", people, said, GOOD, "Per persoon", f"{reverse('oversight:log')}?fijn=on")


def _many(count: int, one: str, more: str) -> str:
    return f"één {one}" if count == 1 else f"{number(count)} {more}"


def _publication(workspace: Workspace) -> Sign:
    quarters = waiting_quarters(workspace)
    ready = [each for each in quarters if proposal_of(workspace, each) is not None]
    lines = [f"Het {each.label} wacht op goedkeuring." for each in ready]
    rest = len(quarters) - len(ready)
    if rest:
        lines.append(f"Van {_many(rest, 'kwartaal', 'kwartalen')} zijn de cijfers nog niet gemaakt.")
    held = held_quarters(workspace)
    if held:
        one, more = "kwartaal blijft binnen", "kwartalen blijven binnen"
        lines.append(f"{_many(len(held), one, more).capitalize()}; op de pagina staat waarom.")
    # A quarter from before a source came stays in for ever: that presses nobody.
    newest = max(published_quarters(workspace), default=None)
    pressing = held and not quarters and (newest is None or max(held) > newest)
    title, count = ("Blijft binnen", len(held)) if pressing else ("Wacht op openbaar maken", len(quarters))
    said = tuple(lines) or ("Er wacht geen kwartaal.",)
    mark = ATTENTION if count else GOOD
    return Sign(title, count, said, mark, "Openbaar maken", reverse("oversight:publication"))


def _termless(workspace: Workspace) -> Sign:
    """Tell what nobody gave a term: nothing destroys it, so it is never past one either."""
    lost = [each.what for each in due(workspace) if not each.agreed]
    lines = [f"{each.activity}: geen termijn, het blijft staan." for each in without_term()]
    lines += [f"{what}: het wordt niet vanzelf vernietigd." for what in lost]
    mark = ATTENTION if lines else GOOD
    if lines:
        lines.append("Het bestuur moet een termijn kiezen; zie bij de vragen.")
    said = tuple(lines) or ("Alles heeft een termijn.",)
    count = len(lines) - 1 if lines else 0
    return Sign("Zonder bewaartermijn", count, said, mark, "Bewaartermijnen", reverse("oversight:retention"))


def _questions(workspace: Workspace) -> Sign:
    day = today(workspace)
    found = [each for each in questions() if each.is_open]
    late = [each for each in found if each.late(day)]
    undated = sum(each.due is None for each in found)
    lines = [f"{each.title} Voor het {each.owner_in_words}." for each in late]
    if undated:
        lines.append(f"Van {_many(undated, 'vraag', 'vragen')} is nog geen datum afgesproken.")
    mark = LATE if late else ATTENTION if undated else GOOD
    said = tuple(lines) or ("Elke open vraag heeft een eigenaar en een datum.",)
    return Sign("Open juridische vragen", len(found), said, mark, "Vragen", reverse("oversight:questions"))


SIGNS: list[tuple[tuple[May, ...], Callable[[Workspace], Sign]]] = [
    ((May.RULES_APPROVE, May.RULES_PROPOSE, May.PAUSE), _still),
    ((May.RULES_APPROVE, May.RULES_PROPOSE), _basis),
    ((May.RULES_APPROVE, May.RULES_PROPOSE), _register),
    ((May.RULES_APPROVE, May.RULES_PROPOSE, May.RETENTION_RUN), _retention),
    ((May.RULES_APPROVE, May.RULES_PROPOSE), _refused),
    ((May.LOG_READ,), _exports),
    ((May.LOG_READ,), _looks),
    ((May.PUBLICATION_APPROVE, May.PUBLICATION_PROPOSE), _publication),
    ((May.RULES_APPROVE, May.RULES_PROPOSE), _termless),
    ((May.RULES_APPROVE, May.RULES_PROPOSE), _questions),
]
"""Each sign, and which permissions are enough to see it; an app under Toezicht adds its own when it is ready."""
