# SPDX-License-Identifier: EUPL-1.2
"""The map on an A4: a tagged PDF that reads aloud well and prints well without colour."""

from __future__ import annotations

from stip import words
from stip_web.desk.paper import as_data, to_pdf
from stip_web.dots.exports.drawn import MARKERS
from stip_web.dots.exports.picture import legend_only, map_only, title_of
from stip_web.dots.looking import Look
from stip_web.dots.words import (
    LICENCE,
    NO_PERSON,
    count_in_words,
    filter_in_words,
    left_out,
    precision_in_words,
)

_SIGNS = dict(zip(MARKERS, ("rondje", "vierkant", "driehoek", "ruit", "plus", "omgekeerde driehoek"), strict=True))


def as_pdf(look: Look) -> bytes:
    """Return a standing A4 with the map, legend, filter in words, counts, date, precision and licence."""
    picture, legend = map_only(look, 7.3, 5.5)
    counts = _counts(look)
    context = {
        "title": title_of(look),
        "count": count_in_words(look),
        "map": as_data(picture, "image/png"),
        "alt": f"Kaart van {count_in_words(look)}. De aantallen per soort staan in de tabel op deze bladzijde.",
        "legend": as_data(legend_only(legend), "image/png"),
        "legend_title": legend.title,
        "legend_alt": "; ".join(str(handle.get_label()) for handle in legend.handles),
        "notes": legend.notes,
        "filter": filter_in_words(look),
        "counts": counts,
        "precision": precision_in_words(look),
        "left_out": left_out(look),
        "made": f"{words.day(look.now.date())}, {look.now.hour}.{look.now.minute:02d} uur",
        "licence": LICENCE,
        "no_person": NO_PERSON,
    }
    return to_pdf("dots/paper.html", context)


def _counts(look: Look) -> list[tuple[str, str, int]]:
    """Return sign, name and count of each type that is chosen."""
    seen, passes = look.seen, look.selection.passes
    found = []
    for place, code in enumerate(seen.types):
        kinds = [k for k, kind in enumerate(seen.kinds) if kind.crime_type == code]
        count = int(sum((seen.kind[passes] == k).sum() for k in kinds))
        if count:
            found.append((_SIGNS[MARKERS[place % len(MARKERS)]], look.label_of(code), count))
    return found
