# SPDX-License-Identifier: EUPL-1.2
"""Pictures that the server draws as SVG: bars per week, the grid of the week, and the map of what changed.

Colour is given by attributes and never alone: a hatch, a number or a word says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from stip import words
from stip.space import Areas
from stip_web.dots.weekly import Week
from stip_web.dots.words import WEEKDAY_NAMES

SCALE = ("#f2f0f7", "#dadaeb", "#bcbddc", "#9e9ac8", "#756bb1", "#54278f")
MORE, LESS, CHANCE, FEW = "#756bb1", "#2c7f8e", "#ffffff", "#ececec"
_INK, _QUIET, _LINE = "#1d252c", "#55606b", "#8a8a8a"
_WIDE, _HIGH, _LEFT, _FOOT = 960, 240, 44, 26
_MAP = 560
_SIMPLER_M = 8


def bars(weeks: Sequence[Week], caption: str) -> SafeString:
    """Draw a bar a week; a week that is not complete is hatched."""
    if not weeks:
        return mark_safe("")  # noqa: S308 - nothing
    most = max(max(week.count for week in weeks), 1)
    top, ticks = _ticks(most)
    each = (_WIDE - _LEFT) / len(weeks)
    high = _HIGH - _FOOT - 12
    lines = format_html_join(
        "",
        '<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="#d5dbe1"/>'
        '<text x="{}" y="{}" text-anchor="end" font-size="12" fill="{}">{}</text>',
        (
            (_LEFT, _WIDE, y, y, _LEFT - 6, y + 4, _QUIET, words.number(tick))
            for tick in ticks
            for y in [_r(12 + high - high * tick / top)]
        ),
    )
    drawn = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" stroke-width="0.5"/>',
        (
            (
                _r(_LEFT + each * place),
                _r(12 + high - high * week.count / top),
                _r(max(each * 0.85, 0.5)),
                _r(high * week.count / top),
                "#1c4f8a" if week.complete else "url(#nog)",
                "#1c4f8a",
            )
            for place, week in enumerate(weeks)
        ),
    )
    names = format_html_join(
        "",
        '<text x="{}" y="{}" font-size="12" fill="{}">{}</text>',
        ((_r(_LEFT + each * place), _HIGH - 8, _QUIET, text) for place, text in _year_marks(weeks)),
    )
    return _svg(_WIDE, _HIGH, caption, format_html("{}{}{}{}", _hatch("nog", "#1c4f8a"), lines, drawn, names))


def week_grid(counts: npt.NDArray[np.int64], caption: str) -> SafeString:
    """Draw hour by weekday as squares, darker for more; shape (7, 25), the last column is not drawn."""
    side, left, top = 34, 92, 20
    known = counts[:, :24]
    most = max(int(known.max()), 1)
    squares = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="26" fill="{}" stroke="#ffffff"/>'
        '<text x="{}" y="{}" text-anchor="middle" font-size="11" fill="{}">{}</text>',
        (
            (
                left + side * hour, top + 28 * day, side, SCALE[step],
                left + side * hour + side / 2, top + 28 * day + 17, "#ffffff" if step > 3 else _INK, count or "",
            )
            for day in range(7)
            for hour in range(24)
            for count in [int(known[day, hour])]
            for step in [min(int(6 * count / (most + 1)), 5)]
        ),
    )  # fmt: skip
    days = format_html_join(
        "",
        '<text x="0" y="{}" font-size="13" fill="{}">{}</text>',
        ((top + 28 * day + 18, _INK, name) for day, name in enumerate(WEEKDAY_NAMES)),
    )
    hours = format_html_join(
        "",
        '<text x="{}" y="13" text-anchor="middle" font-size="12" fill="{}">{}</text>',
        ((left + side * hour + side / 2, _QUIET, hour) for hour in range(24)),
    )
    return _svg(left + 24 * side, top + 28 * 7, caption, format_html("{}{}{}", squares, days, hours))


def change_map(areas: Areas, rows: Sequence[dict[str, Any]], caption: str) -> SafeString:
    """Draw the neighbourhoods by what changed: more and less each have a hatch, and the difference in it."""
    by_code = {row["code"]: row for row in rows}
    left, low, right, high = areas.frame.total_bounds
    scale = _MAP / max(right - left, high - low)
    size = ((right - left) * scale + 8, (high - low) * scale + 8)
    shapes = shapely.simplify(areas.frame.geometry.to_numpy(), _SIMPLER_M)

    def place(xy: Any) -> Any:
        return np.round(np.column_stack(((xy[:, 0] - left) * scale + 4, (high - xy[:, 1]) * scale + 4)), 1)

    fields, texts = [], []
    for shape, code in zip(shapely.transform(shapes, place), areas.frame["area_code"], strict=True):
        row = by_code.get(code, {"verdict": "few", "naam": "", "verschil": 0, "zin": ""})
        fields.append((_path(shape), _FILLS[row["verdict"]], f"{row['naam']}: {row['zin']}"))
        if row["verdict"] in ("more", "less"):
            spot = shape.representative_point()
            texts.append((_r(spot.x), _r(spot.y + 5), f"{row['verschil']:+d}".replace("-", "−")))
    drawn = format_html_join(
        "", '<path d="{}" fill="{}" stroke="#6b6b6b" stroke-width="0.8"><title>{}</title></path>', fields
    )
    numbers = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle" font-size="15" font-weight="600" fill="#1d252c" stroke="#ffffff" '
        'stroke-width="3" paint-order="stroke">{}</text>',
        texts,
    )
    patterns = format_html("{}{}", _hatch("meer", MORE), _hatch("minder", LESS, down=True))
    return _svg(round(size[0]), round(size[1]), caption, format_html("{}{}{}", patterns, drawn, numbers))


_FILLS = {"more": "url(#meer)", "less": "url(#minder)", "chance": CHANCE, "few": FEW}


def _hatch(name: str, colour: str, *, down: bool = False) -> SafeString:
    return format_html(
        '<defs><pattern id="{}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate({})">'
        '<rect width="6" height="6" fill="#ffffff"/><rect width="3" height="6" fill="{}"/></pattern></defs>',
        name, -45 if down else 45, colour,
    )  # fmt: skip


def _path(shape: Any) -> str:
    rings = [ring for part in shapely.get_parts(shape) for ring in (part.exterior, *part.interiors)]
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring.coords) + "Z" for ring in rings)


def _svg(wide: float, high: float, caption: str, inside: SafeString) -> SafeString:
    return format_html(
        '<svg viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}" class="drawing">{}</svg>',
        wide, high, wide, high, caption, inside,
    )  # fmt: skip


def _ticks(most: int) -> tuple[float, list[int]]:
    """Return the height of the scale and some round numbers on it."""
    power = 10 ** int(np.floor(np.log10(most)))
    step = next(step for step in (power / 5, power / 2, power, 2 * power) if most / step <= 5)
    step = max(int(step), 1)
    ticks = list(range(0, most + 1, step))
    return max(most, ticks[-1]), ticks


def _year_marks(weeks: Sequence[Week]) -> list[tuple[int, str]]:
    """Return where a year or, in a short period, a month begins; none closer than the text is wide."""
    marks: list[tuple[int, str]] = []
    apart = max(1, round(70 * len(weeks) / (_WIDE - _LEFT)))
    for place, week in enumerate(weeks):
        text = f"{week.monday.day}-{week.monday.month}-{week.monday.year}"
        if (not marks or place - marks[-1][0] >= apart) and place + apart <= len(weeks) + 1:
            marks.append((place, text))
    return marks


def _r(value: float) -> float:
    return round(float(value), 1)
