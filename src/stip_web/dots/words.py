# SPDX-License-Identifier: EUPL-1.2
"""The filter, the precision and what is left out, in plain Dutch: the same words on page, paper and in files."""

from __future__ import annotations

from datetime import date

import numpy as np

from stip import words
from stip.publish import coarse_margin
from stip_web.dots.filters import Filter
from stip_web.dots.looking import Look
from stip_web.dots.seen import UNKNOWN_HOUR

WEEKDAY_NAMES = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
LICENCE = (
    "Alleen voor gebruik binnen de gemeente, voor het doel ‘stippenkaart’ van de afspraak met de bron. "
    "Niet openbaar maken en niet samenvoegen met gegevens over personen."
)
NO_PERSON = "Een stip zegt waar iets is gebeurd, niets over wie er woont of komt."
HIDDEN_RULE = "in hun vak staan zo weinig woningen dat de stip een huis aanwijst"


def number_of_reports(count: int) -> str:
    """Write ``1 melding`` or ``12.480 meldingen``."""
    return f"{words.number(count)} {'melding' if count == 1 else 'meldingen'}"


def about(count: int) -> str:
    """Write ``ongeveer 80 meldingen (44 tot 116)`` for a sum of rounded counts."""
    low, high = coarse_margin(count)
    between = f"({words.number(low)} tot {words.number(high)})"
    return f"ongeveer {number_of_reports(count)} {between}" if count else "geen meldingen"


def count_in_words(look: Look) -> str:
    """Write ``12.480 van 12.480 meldingen``, a cap is always told; of rounded counts how far a sum may be off."""
    if not look.fine:
        return about(look.selection.count)
    return f"{words.number(look.selection.count)} van {number_of_reports(look.seen.n)}"


def period_in_words(first: date | None, last: date | None) -> str:
    """Write a period; an open end says so."""
    if first and last:
        return words.day(first) if first == last else f"{words.day(first)} tot en met {words.day(last)}"
    if first:
        return f"vanaf {words.day(first)}"
    return f"tot en met {words.day(last)}" if last else "alles wat er is"


def filter_in_words(look: Look) -> list[tuple[str, str]]:
    """Give each part of the filter with what was chosen; a part that lets all through says that too."""
    asked, areas = look.filter, look.seen.areas
    found = [
        ("Soort", _listed([look.label_of(code) for code in asked.types]) or "alle soorten"),
        ("Periode", _period(look)),
        ("Uren", _listed([hours_in_words(*pair) for pair in asked.hours]) or "alle uren"),
        ("Dagen", _listed([WEEKDAY_NAMES[day] for day in asked.weekdays]) or "alle dagen"),
        ("Gebied", _area(asked, areas)),
    ]
    titles = look.source_titles
    found.append(("Bron", _listed([titles[code] for code in asked.sources or look.seen.sources]) or "geen bron"))
    return found


def hours_in_words(low: int, high: int) -> str:
    """Write ``20 tot 24 uur`` for the hours 20 up to and including 23."""
    return f"{low} tot {high + 1 if high < 23 else 24} uur"


def hour_in_words(hour: int) -> str:
    """Write the hour of a report, or that it is not known."""
    return "niet bekend" if hour == UNKNOWN_HOUR else f"{hour} tot {hour + 1} uur"


COARSE_RULE = (
    "U ziet buurten en hele weken, geen plekken. Per buurt, week, soort en bron is het aantal een veelvoud van 5 en "
    "wijkt het hoogstens 4 af; gemiddeld klopt het. Een som van veel kleine aantallen kan meer afwijken: een som van "
    "100 tot 40, een som van 1.000 tot 130. De cijfers per kwartaal op de openbare site zijn nauwkeuriger. Elke week "
    "is geteld binnen de buurtgrenzen van haar eigen jaar. Buurten met weinig woningen staan er niet bij, en buurten "
    "waarvan niet bekend is hoeveel woningen er staan ook niet."
)


def precision_in_words(look: Look) -> str:
    """Say how precise the places are, and why."""
    sides = [look.seen.precisions_m[k] for k in np.unique(look.seen.precision)]
    told = _listed([f"{words.number(side)} m" for side in sides])
    if not look.fine:  # also without a dot: it says why there may be none
        return COARSE_RULE
    if not sides:
        return "Er zijn nog geen plekken."
    return f"Plekken zijn afgerond op {told}, zoals in de afspraak met de bron staat."


def left_out(look: Look) -> str:
    """Say how many are not shown and why; empty when nothing is left out. Never by filter: that would tell where."""
    seen, said = look.seen, []
    if seen.hidden:
        said.append(f"{number_of_reports(seen.hidden)} niet getoond: {HIDDEN_RULE}")
    if seen.outside:
        said.append(f"{number_of_reports(seen.outside)} niet getoond: buiten de gemeente")
    return "; ".join(said)


def facts_of(look: Look) -> dict[str, str]:
    """Give what somebody must know to read a list, a chart or a file alone."""
    facts = {"Gemeente": look.workspace.settings.town.name, "Aantal": count_in_words(look)}
    facts |= dict(filter_in_words(look))
    if look.seen.known_until:
        known = look.seen.known_until.astimezone(look.now.tzinfo)
        facts["Bekend tot"] = f"{words.day(known.date())}, {known.hour}.{known.minute:02d} uur"
    facts["Precisie"] = precision_in_words(look)
    if said := left_out(look):
        facts["Niet getoond"] = said
    facts["Gemaakt op"] = f"{words.day(look.now.date())}, {look.now.hour}.{look.now.minute:02d} uur"
    facts["Licentie"] = LICENCE
    return facts


def _period(look: Look) -> str:
    first, last = look.filter.first, look.filter.last
    if not look.seen.n or first or last:
        return period_in_words(first, last)
    return f"alles wat er is: {period_in_words(look.seen.first_day, look.seen.last_day)}"


def _area(asked: Filter, areas: dict[str, str]) -> str:
    named = _listed([areas[code] for code in asked.areas])
    drawn = f"een getekend gebied van {len(asked.ring)} hoekpunten" if asked.ring else ""
    if named and drawn:
        return f"{named}, en daarbinnen {drawn}"
    return named or drawn or "de hele gemeente"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} en {parts[-1]}" if parts else ""
