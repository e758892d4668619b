# SPDX-License-Identifier: EUPL-1.2
"""The places that chance chooses, so that the effect of going somewhere can be told from the choice to go there.

The design, in order:

1. The district of the week is chosen without regard to any draw.
2. Its cells are cut into fixed patches: blocks of the grid, the same every week. Patches that point at a home,
   or where next to nothing is expected, are left out, and that is told. The rest is the *frame*.
3. Each patch of the frame gets a number by chance, from the seed and its own cells; the ``m`` lowest of ``M`` are
   drawn. That is simple random sampling without replacement, with permanent random numbers (Ohlsson 1995): every
   patch of the frame has chance ``m / M``, and that chance is recorded for all of them, drawn or not.
4. Only then the other places are chosen, on the cells and hours that are left. What people add, lower or drop
   never changes the draw; a drawn place that they cannot visit stays on record with its chance and their reason.

The seed comes from the town and the week: anyone can do the draw again, nobody can choose it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stip.plan.region import Region, a_home
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
    """

    patches: tuple[Patch, ...]
    left_out: int


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

    A piece that is too small or points at a home joins a piece beside it when together they are a place; else
    it is no patch.

    Parameters
    ----------
    region : Region
        Its values are not looked at, so the patches are the same every week.
    """
    height, width = block_of(settings.place_cells)
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
            if fits:
                pieces[other], pieces[number] = joined, []
                piece_of[piece] = other
                break
    places = [piece for piece in pieces if _is_place(region, piece, fewest, dwellings_minimum)]
    return sorted(tuple(region.cells[np.sort(piece)].tolist()) for piece in places)


def frame_of(patches: list[Patch], region: Region, *, floor: float) -> Frame:
    """Keep the patches that are worth a visit.

    Parameters
    ----------
    region : Region
        With the values of the outlook itself, before anyone changed them.
    floor : float
        A patch needs this share of what is expected in the average patch.
    """
    worth = np.array([region.value[np.searchsorted(region.cells, patch)].sum() for patch in patches])
    enough = worth >= floor * worth.mean() if len(worth) else np.zeros(0, dtype=bool)
    enough &= worth > 0
    kept = tuple(patch for patch, keep in zip(patches, enough, strict=True) if keep)
    return Frame(kept, len(patches) - len(kept))


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


def block_of(cells: tuple[int, int]) -> tuple[int, int]:
    """Return rows and columns of the squarest block of the grid that is a place of about middle size.

    Examples
    --------
    >>> block_of((2, 6)), block_of((4, 12))
    ((2, 2), (3, 3))
    """
    middle = sum(cells) / 2
    blocks = [
        (high, wide) for high in range(1, 13) for wide in range(high, 13) if cells[0] <= high * wide <= cells[1]
    ]
    return min(blocks, key=lambda block: (block[1] - block[0], abs(block[0] * block[1] - middle), block))


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
