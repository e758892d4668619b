# SPDX-License-Identifier: EUPL-1.2
"""How a neighbourhood is laid out: street spacing, bends, homes, lamps; one style for each period of building."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True)
class Style:
    """The layout of a neighbourhood.

    Attributes
    ----------
    along_m, across_m : float
        Distance between parallel streets, and between the streets that cross them.
    bend_m : float
        How far streets wander from straight.
    drop_along, drop_across : float
        Share of street pieces that were never made, which gives T-junctions and dead ends.
    fields : float
        Greens, playgrounds and school grounds for each 10 hectares.
    row, flat, detached : float
        Shares of street sides built with each type of home; what is left has no front doors.
    floors : tuple of int
        Fewest and most floors with homes in a block of flats.
    setback_m : float
        From the middle of the street to the middle of the homes.
    lamp_m : float
        Distance between lamps along a street.
    dark : float
        Share of street pieces without lamps.
    trees : float
        Share of street pieces with trees.
    """

    along_m: float
    across_m: float
    bend_m: float
    drop_along: float
    drop_across: float
    fields: float
    row: float
    flat: float
    detached: float
    floors: tuple[int, int]
    setback_m: float
    lamp_m: float
    dark: float
    trees: float


def read_styles() -> dict[str, Style]:
    """Return the styles by name."""
    table = tomllib.loads((files("stip.samples") / "plan" / "styles.toml").read_text(encoding="utf-8"))
    return {name: Style(**entries | {"floors": tuple(entries["floors"])}) for name, entries in table.items()}


STYLES = read_styles()
