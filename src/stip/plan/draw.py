# SPDX-License-Identifier: EUPL-1.2
"""The places that chance chooses, so that the effect of going somewhere can be told from the choice to go there.

The design, in order:

1. The district of the week is chosen without regard to any draw, and so are the places that the outlook proposes.
2. The district is cut into fixed patches: blocks of the grid, the same every week. Patches that point at a home,
   where next to nothing is expected, or where a place that the outlook proposes goes already are left out, and that
   is told. The rest is the *frame*: without the draw nobody would be sent there, so a patch that is drawn differs
   from one that is not by the visit alone.
3. Each patch of the frame gets a number by chance, from the seed and its own cells; the ``m`` lowest of ``M`` are
   drawn. That is simple random sampling without replacement, with permanent random numbers (Ohlsson 1995): every
   patch of the frame has chance ``m / M``, and that chance is recorded for all of them, drawn or not.
4. What people add, lower or drop never changes the frame or the draw. It can send the team to a patch that was not
   drawn: the cells that are visited all the same are recorded with each patch (*overlap*). A drawn place that people
   cannot visit stays on record with its chance and their reason.

The seed comes from the town and the week: anyone can do the draw again, nobody can choose it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stip.plan.region import Region, a_home
from stip.plan.shapes import block_of, most_steps, steps_in
from stip.settings import PlanSettings
from stip.space import Grid

Ints = npt.NDArray[np.int64]
Patch = tuple[int, ...]


@dataclass(frozen=True)
class Frame:
    """What is drawn from.

    Attributes
    ----------
    patches : tuple of tuple of int
        Cells of each patch, ascending.
    left_out : int
        Patches where too little is expected to send anyone by chance.
    touched : int
        Patches where the team goes already, by the outlook alone.
    """

    patches: tuple[Patch, ...]
    left_out: int
    touched: int = 0


@dataclass(frozen=True)
class Draw:
    """What was drawn.

    Attributes
    ----------
    drawn : tuple of int
        Numbers of patches in the frame.
    probability : float
        Chance with which each patch of the frame is drawn.
    """

    drawn: tuple[int, ...]
    probability: float


def seed_of(week: str, *, town: str, grid_id: str) -> int:
    """Return the seed of a week in a town."""
    text = f"{town}|{grid_id}|{week}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big")


def fixed_patches(region: Region, *, settings: PlanSettings, dwellings_minimum: int) -> list[Patch]:
    """Cut a region into patches that do not overlap: the pieces of each block of the grid that hang together.

    A piece that is too small or points at a home joins a piece beside it when together they are a place, compact
    and all; else it is no patch.

    Parameters
    ----------
    region : Region
        Its values are not looked at, so the patches are the same every week.
    """
    height, width = block_of(settings.place_cells)
    steps = most_steps(settings)
    column, row = Grid.column_row(region.cells)
    block = {key: number for number, key in enumerate(zip(row // height, column // width, strict=True))}
    owner = np.array([block[key] for key in zip(row // height, column // width, strict=True)], dtype=np.int64)
    pieces = _pieces(region, owner)
    fewest, most = settings.place_cells
    piece_of = np.empty(len(region), dtype=np.int64)
    for number, piece in enumerate(pieces):
        piece_of[piece] = number
    for number, piece in enumerate(pieces):
        if not piece or _is_place(region, piece, fewest, dwellings_minimum):
            continue
        beside = region.neighbours[piece]
        for other in np.unique(piece_of[beside[beside >= 0]]):
            joined = sorted(pieces[other] + piece)
            fits = other != number and len(joined) <= most and _is_place(region, joined, fewest, dwellings_minimum)
            fits = fits and steps_in(zip(row[joined].tolist(), column[joined].tolist(), strict=True)) <= steps
            if fits:
                pieces[other], pieces[number] = joined, []
                piece_of[piece] = other
                break
    places = [piece for piece in pieces if _is_place(region, piece, fewest, dwellings_minimum)]
    return sorted(tuple(region.cells[np.sort(piece)].tolist()) for piece in places)


def frame_of(patches: list[Patch], region: Region, *, floor: float, taken: Iterable[int] = ()) -> Frame:
    """Keep the patches that are worth a visit and would not get one.

    Parameters
    ----------
    region : Region
        With the values of the outlook itself, before anyone changed them.
    floor : float
        A patch needs this share of what is expected in the average patch.
    taken : iterable of int
        Cells of the places that the outlook alone proposes, chosen before the draw and before any decision of people.
    """
    worth = np.array([region.value[np.searchsorted(region.cells, patch)].sum() for patch in patches])
    enough = worth >= floor * worth.mean() if len(worth) else np.zeros(0, dtype=bool)
    enough &= worth > 0
    worthy = [patch for patch, keep in zip(patches, enough, strict=True) if keep]
    shared = overlaps(worthy, taken)
    kept = tuple(patch for patch, cells in zip(worthy, shared, strict=True) if cells == 0)
    return Frame(kept, len(patches) - len(worthy), len(worthy) - len(kept))


def overlaps(patches: Iterable[Patch], visited: Iterable[int]) -> list[int]:
    """Return how many cells of each patch are visited.

    Examples
    --------
    >>> overlaps([(1, 2), (3, 4)], [2, 3, 4, 5])
    [1, 2]
    """
    cells = {int(cell) for cell in visited}
    return [len(cells & set(patch)) for patch in patches]


def draw(frame: Frame, count: int, *, seed: int) -> Draw:
    """Draw patches without replacement, each with the same chance.

    Parameters
    ----------
    count : int
        How many; fewer when the frame holds fewer.
    """
    count = min(count, len(frame.patches))
    if count == 0:
        return Draw((), 0.0)
    chance = [np.random.default_rng([seed, patch[0] % 2**64]).random() for patch in frame.patches]
    drawn = np.sort(np.argsort(chance, kind="stable")[:count])
    return Draw(tuple(drawn.tolist()), count / len(frame.patches))


def random_places(settings: PlanSettings, *, places: int) -> int:
    """Return how many of the week's places are drawn: the share, rounded, and at least one where a share is asked."""
    if settings.random_share == 0 or places < 2:
        return 0
    return max(1, round(settings.random_share * places))


def _pieces(region: Region, owner: Ints) -> list[list[int]]:
    """Return the connected pieces of each block, as cell numbers."""
    seen = np.zeros(len(region), dtype=bool)
    pieces: list[list[int]] = []
    for first in range(len(region)):
        if seen[first]:
            continue
        seen[first] = True
        piece, reach = [], [first]
        while reach:
            cell = reach.pop()
            piece.append(cell)
            for near in region.neighbours[cell]:
                if near >= 0 and not seen[near] and owner[near] == owner[cell]:
                    seen[near] = True
                    reach.append(int(near))
        pieces.append(sorted(piece))
    return pieces


def _is_place(region: Region, piece: list[int], fewest: int, minimum: int) -> bool:
    if len(piece) < fewest:
        return False
    dwellings = region.dwellings[piece]
    return not a_home(dwellings, minimum)
