# SPDX-License-Identifier: EUPL-1.2
"""‘Waarom hier?’: at most three facts in at most 60 words, none of which says what causes what; and where to look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from stip.outlook import layers_named
from stip.space import Grid, monday, shift_week
from stip.store import Run

MOST_FACTS, MOST_WORDS = 3, 60

CAUSAL = re.compile(
    r"\b(veroorza\w+|oorza\w+|leid(t|en|de)? tot|zorg(t|en|de)? voor|kom(t|en)? door|dankzij|wegens|doordat|omdat"
    r"|daardoor|waardoor|hierdoor|als gevolg|trek(t|ken) .{0,20}aan|verhoog\w*|verlaag\w*|vergroot\w*|bevorder\w*"
    r"|invloed|risico\w*|effect\w*)\b",
    re.IGNORECASE,
)
"""Words that say that one thing causes another. A fact about the surroundings stands beside reports, no more."""

OTHERS = "van andere soorten"
"""In facts that say nothing beside those of all types together."""

_ROUND_M, _DOT_WEEKS = 250, 8


@dataclass(frozen=True)
class Why:
    """Why a cell stands high.

    Attributes
    ----------
    facts : tuple of str
    """

    facts: tuple[str, ...]

    @property
    def words(self) -> int:
        """How many words the facts count."""
        return sum(len(fact.split()) for fact in self.facts)


def why_here(run: Run, cell: int, crime_types: tuple[str, ...], labels: dict[str, str]) -> Why:
    """Give the facts of a cell as they were frozen.

    Of one crime type its own, in the order in which they weigh. Of more together the first fact of each type, the
    type of which most is expected first, until there are three; then the second ones.
    """
    table = run.table("outlook")
    rows = table[(table["cell"] == cell) & table["crime_type"].isin(crime_types)].sort_values(
        "expected", ascending=False
    )
    by_type = [(str(row["crime_type"]), [str(fact) for fact in row["reasons"]]) for row in rows.to_dict("records")]
    told: list[str] = []
    seen: set[str] = set()
    for place in range(MOST_FACTS):
        for crime_type, facts in by_type:
            alone = len(crime_types) == 1
            if place < len(facts) and facts[place] not in seen and (alone or OTHERS not in facts[place]):
                seen.add(facts[place])
                of_type = not alone and facts[place].split(" ", 2)[1].startswith("melding")
                told.append(f"{labels[crime_type]}: {facts[place]}" if of_type else facts[place])
    return Why(_short(told))


def layers_of(why: Why, there: list[str]) -> tuple[str, ...]:
    """Give the layers that the facts tell of, as far as the town has them."""
    named = dict.fromkeys(layer for fact in why.facts for layer in layers_named(fact))
    return tuple(layer for layer in named if layer in there)


def _short(facts: list[str]) -> tuple[str, ...]:
    """Keep the first facts that fit, leaving out whatever says what causes what."""
    kept: list[str] = []
    for fact in facts:
        words = sum(len(each.split()) for each in [*kept, fact])
        if len(kept) < MOST_FACTS and words <= MOST_WORDS and not CAUSAL.search(fact):
            kept.append(fact)
    return tuple(kept)


def links_to_dots(
    grid: Grid,
    run: Run,
    cell: int,
    area_code: str,
    area: str,
    crime_types: tuple[str, ...],
    *,
    layers: tuple[str, ...] = (),
) -> list[dict[str, str]]:
    """Give where what is behind the facts can be seen on the map: reports of the weeks before, and layers."""
    x, y = (float(each[0]) for each in grid.corner([cell]))  # type: ignore[arg-type]
    left, low, right, high = x - _ROUND_M, y - _ROUND_M, x + grid.cell_m + _ROUND_M, y + grid.cell_m + _ROUND_M
    ring = ";".join(f"{a:.0f},{b:.0f}" for a, b in ((left, low), (right, low), (right, high), (left, high)))
    first, last = monday(shift_week(run.week, -_DOT_WEEKS)), monday(run.week)
    period = {"van": first.isoformat(), "tot": last.fromordinal(last.toordinal() - 1).isoformat()}
    kinds = [("soort", name) for name in crime_types]

    def link(words: str, *where: tuple[str, str]) -> dict[str, str]:
        return {"words": words, "url": f"/kaart?{urlencode([*kinds, *period.items(), *where])}"}

    links = [link(f"Meldingen in en tot {_ROUND_M} meter om dit vak, laatste {_DOT_WEEKS} weken", ("vlak", ring))]
    if area_code:
        links.append(link(f"Meldingen in {area}, laatste {_DOT_WEEKS} weken", ("gebied", area_code)))
    if layers:
        links.append(link("Wat er om dit vak heen staat", ("vlak", ring), ("lagen", ",".join(layers))))
    return links
