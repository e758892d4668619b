# SPDX-License-Identifier: EUPL-1.2
"""All that Stip knows of its own use in a town: from settings, agreements, pauses and the last outlook.

Each fact has a name. The texts of ``card.toml`` may hold that name between braces, and get the value; so nothing that
is known is typed anywhere. The facts by name are safe for everybody; what only the desk may see stands apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from stip.agreements import Purpose, check_not_paused, check_sources, pause_without_reason, pauses
from stip.errors import AgreementError
from stip.outlook import LEARNED_WEIGHTS, formula_of, outlook_card
from stip.publish.register.known import agreed_facts, setting_facts
from stip.publish.register.named import Fact
from stip.publish.register.record import (
    NOTES,
    exact_sentence,
    judged_of,
    newest_measured,
    public_record,
    tried,
)
from stip.publish.register.shapes import RecordKind, RecordRow
from stip.publish.register.sources import Source, sources_of
from stip.store import Run, Workspace, latest_run
from stip.words import day


@dataclass(frozen=True)
class Facts:
    """What is known.

    Attributes
    ----------
    town : str
    on : str
        The day, in words.
    named : dict of str to Fact
        Safe for everybody; the names are the placeholders of the card.
    sources : tuple of Source
    formula : tuple of str
        How is reckoned, in words; safe for everybody.
    record : tuple of RecordRow
        Safe for everybody.
    record_kind : str
        Whether it was measured in use, or is a trial.
    exact : tuple of Fact
        The record for the desk: with true figures, or in words for who may not see places; empty while something it
        rests on is on hold.
    pauses : tuple of str
        What stands still, since when and by which role, without the reason; for the desk only.
    model : dict or None
        The model card of the last outlook, whole; for the desk only.
    cautions : tuple of str
        Where the register and what runs differ.
    partners : tuple of str
        To whom a signal can be handed, in words; safe for everybody.
    """

    town: str
    on: str
    named: dict[str, Fact]
    sources: tuple[Source, ...]
    formula: tuple[str, ...]
    record: tuple[RecordRow, ...]
    record_kind: RecordKind
    exact: tuple[Fact, ...] = ()
    pauses: tuple[str, ...] = ()
    model: dict[str, Any] | None = None
    cautions: tuple[str, ...] = field(default=())
    partners: tuple[str, ...] = ()

    @property
    def record_note(self) -> str:
        """How to read the record."""
        return NOTES[self.record_kind]

    def text(self, name: str) -> str:
        """Return the value of a fact."""
        return self.named[name].text


def facts_of(workspace: Workspace, *, at: datetime, exact: bool = True) -> Facts:
    """Gather the facts of a workspace.

    Parameters
    ----------
    at : aware datetime
    exact : bool
        Whether what is for the desk counts reports; not for who may not see places.

    Raises
    ------
    SettingsError
        When an agreement does not fit.
    """
    settings = workspace.settings
    zone = settings.town.time_zone
    today = at.astimezone(ZoneInfo(zone)).date()
    labels = {code: kind.label for code, kind in settings.crime_types.items()}
    sources = tuple(sources_of(workspace, on=today))
    run, published = latest_run(workspace, "outlook"), workspace.root / "published"
    held = pauses(workspace)
    named = {fact.name: fact for fact in (*setting_facts(settings), *agreed_facts(sources), _version(run))}
    outlook = settings.outlook
    allowed = _may(workspace, sources, Purpose.PUBLICATION, today)
    formula = formula_of(outlook.model, outlook.baseline, outlook.model_dump(mode="json"))
    return Facts(
        town=settings.town.name,
        on=day(today),
        named=named,
        sources=sources,
        formula=tuple(line for line in formula if line != LEARNED_WEIGHTS),
        record=tuple(public_record(run, published, labels, at=at, time_zone=zone, allowed=allowed)),
        record_kind="measured" if newest_measured(published) else "trial",
        exact=_exact(run, labels, counts=exact)
        if run and _may(workspace, sources, Purpose.EVALUATION, today)
        else (),
        pauses=tuple(pause_without_reason(workspace, row) for _, row in held.iterrows()),
        model=outlook_card(run, _Labels(labels), intact=run.intact()) if run else None,
        cautions=tuple(_cautions(workspace, run)),
        partners=tuple(partner.label for partner in settings.signals.partners.values()),
    )


def _may(workspace: Workspace, sources: tuple[Source, ...], purpose: Purpose, today: date) -> bool:
    """Tell whether figures of the outlook may be used on a day: nothing they rest on is on hold, or not agreed."""
    reports = [source.name for source in sources if source.holds_incidents]
    try:
        for stage in ("outlook", "learn"):
            check_not_paused(workspace, stage)
        check_sources(workspace, reports, purpose, on=today)
    except AgreementError:
        return False
    return True


class _Labels(dict[str, str]):
    """A type that is no longer in the settings goes by its own name."""

    def __missing__(self, name: str) -> str:
        return name


def _version(run: Run | None) -> Fact:
    if run is None:
        return Fact("versie", "Versie", "nog geen: er is nog geen vooruitblik gemaakt", "geen uitkomst", "")
    said = f"Stip {run.facts['version']}"
    return Fact("versie", "Versie waarmee de laatste vooruitblik is gemaakt", said, "uitkomst", run.run_id)


def _exact(run: Run, labels: dict[str, str], *, counts: bool) -> tuple[Fact, ...]:
    block, origin = judged_of(run), f"uitkomst van {run.week}, oordeel over {judged_of(run).in_words}"
    baseline = str(run.notes["baseline"])
    return tuple(
        Fact(
            f"uitkomst_{name}",
            labels.get(name, name),
            exact_sentence(labels.get(name, name), block, known["verdict"], baseline)
            if counts
            else f"{labels.get(name, name)}: {tried(block, known['verdict'])}",
            origin,
            run.run_id,
        )
        for name, known in run.notes["by_type"].items()
    )


def _cautions(workspace: Workspace, run: Run | None) -> list[str]:
    if run is None:
        return ["Er is nog geen vooruitblik gemaakt. Wat over de uitkomst gaat, is nog leeg."]
    found = []
    now, then = workspace.settings.outlook.model_dump(mode="json"), run.facts["settings"]["outlook"]
    changed = sorted(key for key in now if now[key] != then.get(key))
    if changed:
        found.append(
            f"Sinds de laatste vooruitblik ({run.run_id}) zijn instellingen veranderd: {', '.join(changed)}. De "
            "teksten volgen de instellingen van nu, de uitkomsten nog die van toen."
        )
    if not run.intact():
        found.append(f"Uitkomst {run.run_id} is niet meer zoals zij was vastgelegd. Vertrouw haar cijfers niet.")
    if not workspace.settings.learn.measure.is_stated:
        found.append("Er is geen maat voor succes ingevuld (learn.measure in stip.toml).")
    return found
