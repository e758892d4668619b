# SPDX-License-Identifier: EUPL-1.2
"""Bringing shapes to the town's reference system: finding out theirs, mending swapped axes, refusing what lies away.

A shape counts as *here* when the middle of its bounds lies near the town: around the neighbourhoods that the
workspace has, or else where the town's reference system is meant to be used.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from stip.intake.accounts.account import Account, Mask
from stip.intake.accounts.rule import Rule
from stip.intake.places.locating import Bounds, Floats
from stip.intake.tables.things import Shapes
from stip.store import Workspace

NO_PLACE = Rule("no_place", "geen plek", "Vraag de bron waarom daar geen coördinaten staan.")
OUTSIDE = Rule(
    "outside",
    "buiten de gemeente en haar omgeving",
    "Kijk of het coördinatenstelsel klopt, of knip de laag eerst bij.",
)
SWAPPED = Rule("swapped_axes", "x en y verwisseld", "Dit is hersteld; u hoeft niets te doen.")
WRONG_SYSTEM = Rule("wrong_system", "ander coördinatenstelsel dan de bron zegt", "Dit is hersteld; meld het de bron.")
INVALID = Rule("invalid_shape", "vorm die zichzelf kruist", "Dit is hersteld; meld het de bron.")

WGS84 = "OGC:CRS84"
_MARGIN_M = 4000  # wider than for incidents: a cell at the edge looks for lamp posts over the border
_ENOUGH = 0.5  # a declared system that brings fewer than this share of the shapes here is doubted


def layer_bounds(workspace: Workspace) -> Bounds:
    """Return how far from the town things still matter."""
    bounds = Bounds.of(workspace)
    return replace(
        bounds,
        left=bounds.left - _MARGIN_M,
        low=bounds.low - _MARGIN_M,
        right=bounds.right + _MARGIN_M,
        high=bounds.high + _MARGIN_M,
    )


def system_bounds(crs: str) -> Bounds:
    """Return where a reference system is meant to be used, whatever areas the workspace has."""
    use = CRS.from_user_input(crs).area_of_use
    if use is None:
        return Bounds(crs, -np.inf, -np.inf, np.inf, np.inf, False)
    corners = _transformer(WGS84, crs).transform_bounds(use.west, use.south, use.east, use.north)
    return Bounds(crs, *corners, False)


def bring_here(shapes: Shapes, *, declared: str, bounds: Bounds, account: Account) -> Shapes:
    """Return the shapes in the town's reference system, and write in the account what happened to each.

    Parameters
    ----------
    shapes : ndarray of geometry, shape (n,)
        None where there is none.
    declared : str
        Reference system that the source or its agreement names, empty when none does.
    bounds : Bounds
        Around the town, in its own system.
    account : Account
        Of the same rows.

    Returns
    -------
    ndarray of geometry, shape (n,)
        Valid, of one kind each; None where the row is refused.
    """
    x, y = _middles(shapes)
    account.refuse(shapely.is_missing(shapes) | shapely.is_empty(shapes) | ~np.isfinite(x + y), NO_PLACE)
    left = account.kept
    systems = [system for system in dict.fromkeys((declared, bounds.crs, WGS84)) if system and is_known(system)]
    fits = {system: _fit(system, x, y, bounds) for system in systems}
    chosen = _choose(declared, fits, left)
    straight, turned = fits[chosen]
    if not declared:
        account.note(f"De bron noemt geen coördinatenstelsel; gevonden is {system_name(chosen)}.")
    elif chosen != declared:
        account.note(f"De bron noemt {system_name(declared)}, maar de coördinaten zijn {system_name(chosen)}.")
        account.repair(left & (straight | turned), WRONG_SYSTEM)
    if system_name(chosen) != system_name(bounds.crs) and (left & (straight | turned)).any():
        account.note(f"De plekken zijn omgezet van {system_name(chosen)} naar {system_name(bounds.crs)}.")
    account.repair(left & turned, SWAPPED)
    account.refuse(~(straight | turned), OUTSIDE)

    here = np.full(len(shapes), None, dtype=object)
    for rows, swap in ((account.kept & straight, False), (account.kept & turned, True)):
        here[rows] = _moved(shapes[rows], chosen, bounds.crs, swap=swap)
    return _mended(here, account)


def is_known(system: str) -> bool:
    """Tell whether a reference system has a known place on earth."""
    try:
        _transformer(system, WGS84)
    except (CRSError, ProjError):
        return False
    return True


def system_name(system: str) -> str:
    """Return what people call a reference system."""
    try:
        crs = CRS.from_user_input(system)
    except CRSError:
        return "een onbekend stelsel"
    code = crs.to_epsg(min_confidence=70)
    if code == 28992:
        return "RD (EPSG:28992)"
    if code == 4326 or crs.to_authority() == ("OGC", "CRS84"):
        return "lengte- en breedtegraad (WGS84)"
    return f"EPSG:{code}" if code else crs.name[:40]


def _choose(declared: str, fits: dict[str, tuple[Mask, Mask]], left: Mask) -> str:
    """Return the declared system unless another fits and it does not; the first of equals."""
    shares = {
        system: float((straight | turned)[left].mean()) if left.any() else 1.0
        for system, (straight, turned) in fits.items()
    }
    if shares.get(declared, 0.0) >= _ENOUGH:
        return declared
    best = max(shares, key=lambda system: shares[system])
    return best if shares[best] >= _ENOUGH or declared not in shares else declared


def _fit(system: str, x: Floats, y: Floats, bounds: Bounds) -> tuple[Mask, Mask]:
    """Tell which middles lie here as they stand, and which only with their axes exchanged."""
    to_town = _transformer(system, bounds.crs)
    straight = bounds.hold(*to_town.transform(x, y))
    if not np.isfinite(bounds.left):  # everything is here, so nothing tells that axes are exchanged
        return straight, np.zeros(len(x), dtype=bool)
    return straight, bounds.hold(*to_town.transform(y, x)) & ~straight


def _moved(shapes: Shapes, source: str, target: str, *, swap: bool) -> Shapes:
    to_town = _transformer(source, target)

    def move(points: Floats) -> Floats:
        first, second = (points[:, 1], points[:, 0]) if swap else (points[:, 0], points[:, 1])
        return np.column_stack(to_town.transform(first, second))

    return shapely.transform(shapes, move)


def _mended(shapes: Shapes, account: Account) -> Shapes:
    """Make shapes valid, and keep of each the parts of its own kind."""
    account.refuse(~np.isfinite(shapely.bounds(shapes)).all(axis=1), OUTSIDE)
    crossed = account.kept & ~shapely.is_valid(shapes)
    mended = shapes.copy()
    if crossed.any():
        kinds = shapely.get_dimensions(shapes[crossed])
        valid = shapely.make_valid(shapes[crossed])
        mended[crossed] = [_of_kind(shape, kind) for shape, kind in zip(valid, kinds, strict=True)]
        account.refuse(crossed & shapely.is_missing(mended), NO_PLACE)
        account.repair(crossed & account.kept, INVALID)
    mended[~account.kept] = None
    return mended


def _of_kind(shape: Any, dimensions: int) -> Any:
    """Return the parts of a shape that are points (0), lines (1) or surfaces (2) as one, None when it has none."""
    parts = [part for part in shapely.get_parts(shape) if shapely.get_dimensions(part) == dimensions]
    return shapely.union_all(parts) if parts else None


def _middles(shapes: Shapes) -> tuple[Floats, Floats]:
    bounds = shapely.bounds(shapes)
    return (bounds[:, 0] + bounds[:, 2]) / 2, (bounds[:, 1] + bounds[:, 3]) / 2


@lru_cache(maxsize=32)
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(CRS.from_user_input(source).to_2d(), CRS.from_user_input(target), always_xy=True)
