# SPDX-License-Identifier: EUPL-1.2
"""The plan in words: why this part of the town, and what the reader must know before deciding."""

from __future__ import annotations

import pandas as pd

from stip import words
from stip.plan.districts import MOST_GROUPS
from stip.plan.parts import part_by_cell
from stip.plan.proposal import Part, Proposal
from stip.plan.rotation import had_turns, turns
from stip.plan.situation import Situation
from stip.space import week_number
from stip.words import number

_OTHERS = 3  # parts of the town that are named beside the chosen one
_WORTH_TELLING = 1.02  # a smaller difference is within the gap
_PASSED = {
    "rotation": "Tegen de spreiding in",
    "hours": "Meer uren dan er zijn",
    "spread": "Vaker op dezelfde plek dan is afgesproken",
}
_PRICE = "Zonder rondgaan was in "
_SAME = 0.5  # two places are the same when this share of cells is


def listed(names: tuple[str, ...]) -> str:
    """Write names in a row: ``Oost``, ``Oost en Zuid``, ``Oost, Zuid en West``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} en {names[-1]}"


def ago(weeks: int | None) -> str:
    """Write how long ago a part of the town had its last turn."""
    if weeks is None:
        return "nog niet aan de beurt geweest"
    return "vorige week nog aan de beurt" if weeks == 1 else f"{weeks} weken geleden aan de beurt"


def why_here(proposal: Proposal, situation: Situation) -> tuple[str, ...]:
    """Say why the week goes to this part of the town, and what was passed over."""
    unit = "meldingen" if len(situation.expected.types) == 1 else "meldingen (gewogen naar soort)"
    chosen, *others = proposal.parts
    if not chosen.codes:
        return ("Het plan gaat over de hele stad: plan.districts_per_week staat op 0.",)
    told = [f"Deze week {listed(chosen.names)} ({ago(chosen.weeks_ago)})."]
    waiting = [part for part in others if part.state == "passed"]
    if chosen.reached is not None:
        told.append(
            f"Daar bereikt het team naar verwachting {_reach(chosen)} {unit}. Dat telt {number(chosen.weight, 2)} "
            "keer: een wijk telt zwaarder naarmate zij langer wacht."
            if chosen.weight > 1.005
            else f"Daar bereikt het team naar verwachting {_reach(chosen)} {unit}."
        )
        caught = number(100 * situation.question.settings.catch_per_visit)
        told.append(
            f"Gerekend is dat een bezoek {caught} % bereikt van wat er op een plek komt, en elk volgend bezoek "
            "zoveel van de rest. Dat is een aanname (plan.catch_per_visit)."
        )
    if waiting:
        named = "; ".join(f"{listed(part.names)} {_reach(part)}{_times(part)}" for part in waiting[:_OTHERS])
        told.append(f"Niet gekozen: {named}{' en andere' if len(waiting) > _OTHERS else ''}.")
    rich = max(others, key=_most, default=chosen)
    if chosen.reached is not None and _most(rich) > _WORTH_TELLING * chosen.reached:
        told.append(
            f"{_PRICE}{listed(rich.names)} {_reach(rich)} {unit} te bereiken, tegen "
            f"{number(chosen.reached, 2)} hier. Dat is de prijs van het rondgaan."
        )
    tired = [part for part in others if part.state == "rotation"]
    if tired:
        names = "; ".join(listed(part.names) for part in tired[:_OTHERS])
        told.append(f"Al vaak genoeg aan de beurt: {names}{' en andere' if len(tired) > _OTHERS else ''}.")
    return tuple(told)


def where_and_price(proposal: Proposal) -> tuple[str, ...]:
    """Give of why the week goes here the two sentences that a decision needs: where, and what going round costs."""
    return (*proposal.why[:1], *(sentence for sentence in proposal.why[1:] if sentence.startswith(_PRICE)))


def warnings_of(proposal: Proposal, situation: Situation, past: pd.DataFrame) -> tuple[str, ...]:
    """Say what the reader must know before deciding."""
    return tuple(
        sentence
        for sentence in (
            *_about_input(proposal, situation),
            *_about_rules(proposal, situation, past),
            *_about_draw(proposal, situation),
            *_about_proof(proposal, situation),
        )
        if sentence
    )


def _about_input(proposal: Proposal, situation: Situation) -> list[str]:
    told = []
    plain = situation.expected.from_baseline
    baseline = f"‘{situation.question.baseline}’" if situation.question.baseline else "de telling ernaast"
    if plain == situation.expected.types:
        told.append(f"De vooruitblik was niet beter dan {baseline}. Dit plan rekent daarmee.")
    elif plain:
        names = listed(tuple(situation.question.labels.get(name, name) for name in plain))
        told.append(f"Voor {names} was de vooruitblik niet beter dan {baseline}; daar rekent het plan mee.")
    expected = sum(place.expected for place in proposal.places)
    if proposal.places and expected < 1:
        told.append(
            f"Op alle plekken samen wordt {words.expected(expected)} melding verwacht. "
            "Weeg of het team hier deze week nodig is."
        )
    outside = int((situation.part == "").sum())
    if outside and situation.areas is not None:
        told.append(
            f"{number(outside)} vakken liggen in geen buurt van {situation.areas.year}; daar komt geen plek in."
        )
    unknown = [place.number for place in proposal.places if place.dwellings is None]
    if unknown:
        told.append(f"Van plek {_numbers(unknown)} is niet bekend hoeveel woningen er staan. Kijk dat na.")
    return told


def _about_rules(proposal: Proposal, situation: Situation, past: pd.DataFrame) -> list[str]:
    settings = situation.question.settings
    told = [f"{_PASSED[rule]}, met deze reden: {reason}" for rule, reason in proposal.passed_rules.items()]
    if settings.districts_per_week and len(set(situation.part) - {""}) < 2:
        told.append("De stad heeft maar één wijk. De spreiding over wijken doet daarom niet mee.")
    if _all_had_turns(proposal, situation, past):
        told.append("Elke buurt was al aan de beurt. De spreiding over buurten doet deze week daarom niet mee.")
    spare = proposal.hours - proposal.planned_hours
    if spare >= float(situation.visits.hours[1]):
        told.append(
            f"{number(spare, 1)} van de {number(proposal.hours, 1)} uur is niet verdeeld. Het plan zit aan "
            f"{settings.max_places} plekken of {settings.max_visits} bezoeken per plek, of er is geen plek meer te "
            "maken."
        )
    if len(proposal.places) > settings.max_places:
        told.append(
            f"Dit zijn {len(proposal.places)} plekken, meer dan de {settings.max_places} van plan.max_places."
        )
    here = set(proposal.parts[0].names)
    away = [p.number for p in proposal.places if p.origin == "person" and here and p.district not in here]
    if away:
        told.append(f"Eigen plek {_numbers(away)} ligt buiten {listed(proposal.parts[0].names)}.")
    for place in proposal.places:
        weeks = weeks_before(place.cells, past, week=proposal.week, weeks=settings.spread_weeks)
        if weeks >= settings.spread_visits:
            told.append(
                f"Plek {place.number} stond al in {weeks} van de laatste {settings.spread_weeks} weken in het plan. "
                "Bespreek of dat nog eens moet."
            )
    return told


def _about_draw(proposal: Proposal, situation: Situation) -> list[str]:
    told = []
    wanted = situation.drawn_places
    drawn = len([p for p in (*proposal.places, *proposal.refused) if p.origin == "random"])
    if situation.question.settings.random_share == 0:
        told.append("Er wordt niet geloot (plan.random_share is 0). Of een bezoek helpt, is dan later niet te meten.")
    elif wanted == 0:
        told.append("Er is maar plaats voor één plek, dus er wordt niet geloot.")
    elif drawn < wanted:
        told.append(
            f"Er zijn {drawn} in plaats van {wanted} plekken geloot: meer plekken waar het team niet al komt, waren "
            "er niet om uit te loten."
        )
    if proposal.frame and proposal.frame[0].probability == 1:
        told.append(
            "Elke plek waaruit geloot werd is getrokken. Zonder plekken om mee te vergelijken meet dit geen effect."
        )
    all_the_same = sum(patch.state == "not drawn" and patch.overlap > 0 for patch in proposal.frame)
    if all_the_same:
        told.append(
            f"Mensen veranderden het plan, en daardoor krijgen {all_the_same} plekken bezoek die niet geloot zijn. "
            "Dat staat erbij (overlap), zodat zij bij het meten van effect apart kunnen blijven."
            if all_the_same > 1
            else "Mensen veranderden het plan, en daardoor krijgt 1 plek bezoek die niet geloot is. Dat staat erbij "
            "(overlap), zodat zij bij het meten van effect apart kan blijven."
        )
    for place in [place for place in proposal.refused if place.origin == "random"]:
        told.append(f"Een gelote plek in {listed(place.areas or ('de stad',))} vervalt: {place.reason}")
    return told


def _about_proof(proposal: Proposal, situation: Situation) -> list[str]:
    told = []
    settings = situation.question.settings
    if proposal.finished and proposal.kept and proposal.gap > settings.gap:
        told.append(f"Plekken van {proposal.like_week} aanhouden kost hoogstens {number(100 * proposal.gap, 1)} %.")
    if not proposal.finished:
        told.append(
            f"In {number(settings.seconds)} seconden is dit het beste plan dat is gevonden. Er is nog hoogstens "
            f"{number(100 * proposal.gap, 1)} % meer te bereiken. Geef meer tijd met plan.seconds."
        )
    if not proposal.proven:
        told.append(
            "Plekken van zo veel vakken zijn niet allemaal na te gaan. De grens geldt voor de plekken die zijn "
            f"bekeken; geen enkel plan bereikt meer dan {number(proposal.relaxed_bound, 2)}."
        )
    skipped = [part for part in proposal.parts[1:] if part.state == "passed" and part.reached is None]
    open_parts = [part for part in skipped if part.at_most * part.weight > _score(proposal.parts[0])]
    if open_parts:
        told.append(f"{len(open_parts)} delen van de stad zijn niet doorgerekend, omdat de tijd om was.")
    if len(proposal.parts) >= MOST_GROUPS:
        told.append(f"Er zijn meer dan {number(MOST_GROUPS)} combinaties van wijken; niet alle zijn bekeken.")
    return told


def _most(part: Part) -> float:
    return part.reached if part.reached is not None else part.at_most


def _score(part: Part) -> float:
    return part.weight * _most(part)


def _reach(part: Part) -> str:
    if part.reached is None:
        return f"hoogstens {number(part.at_most, 2)}"
    return number(part.reached, 2)


def _times(part: Part) -> str:
    return f", telt {number(part.weight, 2)} keer" if part.weight > 1.005 else ""


def _all_had_turns(proposal: Proposal, situation: Situation, past: pd.DataFrame) -> bool:
    """Tell whether a plan for the whole town goes to neighbourhoods that had their turns, for want of others."""
    settings = situation.question.settings
    if settings.districts_per_week or proposal.passed_rules:
        return False
    part_of_cell = part_by_cell(situation)
    codes = sorted(set(part_of_cell.values()))
    tired = had_turns(turns(past, part_of_cell, codes, week=proposal.week, settings=settings), settings)
    chosen = [place for place in proposal.places if place.origin == "outlook"]
    return any(part_of_cell.get(cell) in tired for place in chosen for cell in place.cells)


def _numbers(numbers: list[int]) -> str:
    return listed(tuple(str(each) for each in numbers))


def weeks_before(cells: tuple[int, ...], past: pd.DataFrame, *, week: str, weeks: int) -> int:
    """Count in how many of the last weeks before a week a place with half of these cells was in the plan.

    Parameters
    ----------
    past : DataFrame
        PLAN contract: plans that stand.
    """
    now, mine = week_number(week), set(cells)
    seen = set()
    for others, when, visits in zip(past["cells"], past["week"], past["visits"], strict=True):
        number_then = week_number(when)
        both = mine & {int(cell) for cell in others}
        if visits and now - weeks <= number_then < now and len(both) >= _SAME * len(mine):
            seen.add(number_then)
    return len(seen)
