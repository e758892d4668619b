# SPDX-License-Identifier: EUPL-1.2
"""Numbers of a cell in plain Dutch, beside the same number for an ordinary cell of the town.

A fact is counted in the reports as known at the cut-off, or measured around the cell. It says what is there, not what
it causes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.ndimage import convolve

from stip.outlook.area import Doubles
from stip.outlook.history import History
from stip.words import number

RECENT_WEEKS, YEAR_WEEKS = 8, 52
NEAR_M, AROUND_M = 250, 500

_NAMES = {
    "dwellings": ("een woning", "woningen"),
    "lampposts": ("een lantaarnpaal", "lantaarnpalen"),
    "street_lights": ("een lantaarnpaal", "lantaarnpalen"),
    "trees": ("een boom", "bomen"),
    "containers": ("een container", "containers"),
    "bicycle_racks": ("een fietsenrek", "fietsenrekken"),
    "horeca": ("een horecazaak", "horecazaken"),
    "shops": ("een winkel", "winkels"),
    "station": ("een station", "stations"),
    "bus_stops": ("een bushalte", "bushaltes"),
    "schools": ("een school", "scholen"),
    "parks": ("groen", "groen"),
    "roads": ("een wegvak", "wegvakken"),
}
_FEATURE = re.compile(r"(?P<layer>\w+?)_(?P<measure>count|density|distance|area_share|mean)(_(?P<radius>\d+)m)?")


def layers_named(fact: str) -> tuple[str, ...]:
    """Return the layers of which a fact tells; a town may have some of them under another name, or not at all.

    Examples
    --------
    >>> layers_named("15 fietsenrekken binnen 100 meter, gemiddeld 0,5")
    ('bicycle_racks',)
    """
    words = set(re.findall(r"\w+", fact))
    return tuple(layer for layer, (one, many) in _NAMES.items() if words & {one.removeprefix("een "), many})


def layer_in_words(layer: str) -> str:
    """Return what a layer holds, as people call it; one that is not known goes by its own name.

    Examples
    --------
    >>> layer_in_words("horeca")
    'horecazaken'
    """
    return _NAMES[layer][1] if layer in _NAMES else layer.replace("_", " ")


@dataclass(frozen=True, eq=False)
class Fact:
    """A number for each cell, and how it is told.

    Attributes
    ----------
    values : ndarray, shape (n_cells,)
    tell : callable
        Puts a cell's value and the usual one into words.
    reports : bool
        Whether it counts reports: then it is told only where there are more than usual.
    """

    values: Doubles
    tell: Callable[[float, float], str]
    reports: bool

    @cached_property
    def usual(self) -> float:
        """The mean over all cells where it is known."""
        return float(np.nanmean(self.values))

    def text(self, cell: int) -> str | None:
        """Return the fact about a cell, or None when it is no reason to look there."""
        value, usual = float(self.values[cell]), self.usual
        if not np.isfinite(value) or (self.reports and (round(value) < 1 or value <= usual)):
            return None
        return self.tell(value, usual)


def fact_of(known: History, crime_type: str, kind: str) -> Fact:
    """Return a fact by its kind.

    Parameters
    ----------
    known : History
    crime_type : str
    kind : str
        ``recent_near``, ``year_cell``, ``year_around`` and ``others_near`` count reports; any other is the name of a
        context feature.
    """
    now = known.cutoff_week
    if kind == "recent_near":
        counted = known.counts(crime_type, now - RECENT_WEEKS, now)
        return _reports(around(known, counted, NEAR_M), f"in de laatste {RECENT_WEEKS} weken binnen {NEAR_M} meter")
    if kind == "year_cell":
        return _reports(known.counts(crime_type, now - YEAR_WEEKS, now), "in dit vak in een jaar")
    if kind == "year_around":
        counted = known.counts(crime_type, now - YEAR_WEEKS, now)
        return _reports(around(known, counted, AROUND_M), f"binnen {AROUND_M} meter in een jaar")
    if kind == "others_near":
        counted = np.zeros(len(known.area))
        for other in known.crime_types:
            if other != crime_type:
                counted += known.counts(other, now - YEAR_WEEKS, now)
        return _reports(around(known, counted, NEAR_M), f"van andere soorten binnen {NEAR_M} meter in een jaar")
    return _surroundings(known.context.values[:, known.context.names.index(kind)], kind)


def around(known: History, counted: Doubles, reach_m: float) -> Doubles:
    """Return the sum over the cells whose middle lies within a distance of each cell's middle."""
    cell_m = known.area.grid.cell_m
    steps = int(reach_m // cell_m)
    along = np.arange(-steps, steps + 1) * cell_m
    disc = (np.hypot(along[:, None], along[None, :]) <= reach_m).astype(np.float32)
    raster = convolve(known.area.spread(counted.astype(np.float32)), disc, mode="constant")
    return known.area.gather(raster).astype(np.float64)


def _reports(values: Doubles, where: str) -> Fact:
    def tell(value: float, usual: float) -> str:
        count = round(value)
        return f"{number(count)} {'melding' if count == 1 else 'meldingen'} {where}, gemiddeld {_figure(usual)}"

    return Fact(values, tell, reports=True)


def _surroundings(values: Doubles, feature: str) -> Fact:
    form = _FEATURE.fullmatch(feature)
    layer = form["layer"] if form else feature
    measure = form["measure"] if form else "mean"
    one, many = _NAMES.get(layer, (layer.replace("_", " "), layer.replace("_", " ")))
    where = f"binnen {form['radius']} meter" if form and form["radius"] else "in dit vak"

    def tell(value: float, usual: float) -> str:
        if measure == "distance":
            return f"{number(value)} meter tot {one}, gemiddeld {number(usual)} meter"
        if measure == "area_share":
            return f"{number(100 * value)} % {many} {where}, gemiddeld {number(100 * usual)} %"
        if measure == "density":
            return f"{number(value)} {many} per km² {where}, gemiddeld {number(usual)}"
        if measure == "count":
            things = one.removeprefix("een ") if value == 1 else many
            return f"{number(value)} {things} {where}, gemiddeld {_figure(usual)}"
        return f"{many} {where}: {_figure(value)}, gemiddeld {_figure(usual)}"

    return Fact(values, tell, reports=False)


def _figure(value: float) -> str:
    return number(value, 0 if value >= 10 else 1)
