# SPDX-License-Identifier: EUPL-1.2
"""From the coordinates of a file to points in the town: which system, which axis first, which are no place at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from pyproj import CRS, Transformer

from stip.intake.tables.systems import WGS84, same_system, shown_system
from stip.intake.values.numbers import Numbers
from stip.store import Workspace, area_years, read_areas
from stip.words import number

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

_MARGIN_M = 1000.0  # around the areas: a border is drawn coarser than a coordinate
_ORIGIN_M = 1000.0  # so near to the zero point of a system lies no town, only what was never filled in


@dataclass(frozen=True)
class Bounds:
    """The square around the town, in its own system.

    Attributes
    ----------
    crs : str
    left, low, right, high : float
        In metres.
    of_areas : bool
        Whether it lies around the town's areas, or only around where its system may be used.
    """

    crs: str
    left: float
    low: float
    right: float
    high: float
    of_areas: bool

    @classmethod
    def of(cls, workspace: Workspace) -> Bounds:
        """Return the bounds of a workspace: around its areas when it has any, else where its system is meant for."""
        crs = workspace.settings.town.crs
        if area_years(workspace):
            left, low, right, high = read_areas(workspace).frame.total_bounds
            return cls(crs, left - _MARGIN_M, low - _MARGIN_M, right + _MARGIN_M, high + _MARGIN_M, True)
        use = CRS.from_user_input(crs).area_of_use
        if use is None:
            return cls(crs, -np.inf, -np.inf, np.inf, np.inf, False)
        corners = _transformer(WGS84, crs).transform_bounds(use.west, use.south, use.east, use.north)
        return cls(crs, *corners, False)

    def hold(self, x_m: Floats, y_m: Floats) -> Mask:
        """Tell which points lie inside, and not at a zero point."""
        inside = (x_m >= self.left) & (x_m <= self.right) & (y_m >= self.low) & (y_m <= self.high)
        return inside & ~is_origin(x_m, y_m)


def is_origin(x_m: Floats, y_m: Floats) -> Mask:
    """Tell which points lie at the zero point of a system: coordinates that were never filled in."""
    return (np.abs(x_m) < _ORIGIN_M) & (np.abs(y_m) < _ORIGIN_M)


def _are_degrees(x: Floats, y: Floats, crs: str) -> Mask:
    """Tell which points in a system in metres are degrees in the Netherlands: filled in, but of another system."""
    if same_system(crs, WGS84):
        return np.zeros(len(x), dtype=bool)
    east, north = np.minimum(x, y), np.maximum(x, y)
    return (east > 3) & (east < 8) & (north > 50) & (north < 54)


@dataclass(frozen=True)
class PlaceForm:
    """How a file writes its places.

    Attributes
    ----------
    crs : str
    swapped : bool
        Whether all of the file has its axes the other way round.
    thousands : bool
        Whether a doubtful sign parts thousands.
    share : float
        Of the filled-in points, the part that lies in the town when read this way.
    """

    crs: str
    swapped: bool = False
    thousands: bool = False
    share: float = 0.0

    def facts(self, declared: str) -> tuple[str, ...]:
        """Say what was found, in Dutch."""
        if self.share == 0:
            return ("Plek: geen enkel punt ligt in de gemeente, in geen van de bekende stelsels.",)
        facts = [f"Plek: {shown_system(self.crs)}."]
        if declared and not same_system(declared, self.crs):
            facts.append(f"De afspraak noemt {declared}, maar de punten passen daar niet in. Kijk de afspraak na.")
        if self.swapped:
            facts.append("De kolommen voor x en y zijn in het hele bestand verwisseld; dat is hersteld.")
        if self.thousands:
            facts.append("In de coördinaten staan tekens tussen duizendtallen.")
        return tuple(facts)


@dataclass(frozen=True)
class Places:
    """Where each row was.

    Attributes
    ----------
    x_m, y_m : ndarray of float, shape (n,)
        In the town's system; NaN where there is no place.
    empty, at_origin, outside, swapped : ndarray of bool, shape (n,)
        Nothing readable was filled in; a zero point; outside the town, or in another system; axes were exchanged.
    """

    x_m: Floats
    y_m: Floats
    empty: Mask
    at_origin: Mask
    outside: Mask
    swapped: Mask


def find_place_form(x: Numbers, y: Numbers, candidates: tuple[str, ...], bounds: Bounds) -> PlaceForm:
    """Find the way of reading in which most points lie in the town; the first of equals.

    Parameters
    ----------
    x, y : Numbers
    candidates : tuple of str
        Reference systems, the likeliest first.
    """
    best = PlaceForm(candidates[0])
    filled = ~np.isnan(x.value) & ~np.isnan(y.value)
    if not filled.any():
        return best
    doubtful = bool((x.maybe_thousands | y.maybe_thousands).any())
    for crs in candidates:
        for thousands in (False, True) if doubtful else (False,):
            east, north = (axis.in_thousands() if thousands else axis.value for axis in (x, y))
            for swapped in (False, True):
                first, second = (north, east) if swapped else (east, north)
                inside = bounds.hold(*to_town(first[filled], second[filled], crs, bounds.crs))
                share = float(np.mean(inside))
                if share > best.share:
                    best = PlaceForm(crs, swapped, thousands, share)
                if best.share == 1.0:
                    return best
    return best


def locate(x: Numbers, y: Numbers, form: PlaceForm, bounds: Bounds) -> Places:
    """Turn coordinates into points of the town; where only the exchanged axes fit, these are taken."""
    east, north = (axis.in_thousands() if form.thousands else axis.value for axis in (x, y))
    if form.swapped:
        east, north = north, east
    empty = np.isnan(east) | np.isnan(north)
    never = ~empty & (np.abs(east) < 1) & (np.abs(north) < 1)
    x_m, y_m = to_town(east, north, form.crs, bounds.crs)
    at_origin = never | (~empty & is_origin(x_m, y_m) & ~_are_degrees(east, north, form.crs))
    astray = ~empty & ~at_origin & ~bounds.hold(x_m, y_m)
    swapped = np.full(len(east), form.swapped)
    if astray.any():
        other_x, other_y = to_town(north[astray], east[astray], form.crs, bounds.crs)
        fits = bounds.hold(other_x, other_y)
        where = np.flatnonzero(astray)[fits]
        x_m[where], y_m[where] = other_x[fits], other_y[fits]
        swapped[where] = ~swapped[where]
    outside = ~empty & ~at_origin & ~bounds.hold(x_m, y_m)
    lost = empty | at_origin | outside
    x_m[lost], y_m[lost] = np.nan, np.nan
    return Places(x_m, y_m, empty, at_origin, outside, swapped & ~lost)


def to_town(x: Floats, y: Floats, crs: str, town: str) -> tuple[Floats, Floats]:
    """Return points of a system in the town's; infinite where that cannot be."""
    if same_system(crs, town):
        return x.copy(), y.copy()
    x_m, y_m = _transformer(crs, town).transform(x, y)
    return np.asarray(x_m, dtype=np.float64), np.asarray(y_m, dtype=np.float64)


def near_words(bounds: Bounds) -> str:
    """Return how far the town reaches, for a message."""
    if not np.isfinite(bounds.left):
        return "het gebied van het stelsel"
    what = "de buurten" if bounds.of_areas else f"het gebied van {bounds.crs}"
    size = (number((bounds.right - bounds.left) / 1000), number((bounds.high - bounds.low) / 1000))
    return f"{what} ({size[0]} bij {size[1]} km)"


@lru_cache(maxsize=32)
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)
