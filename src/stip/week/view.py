# SPDX-License-Identifier: EUPL-1.2
"""Everything a page about one week shows, gathered once, so that terminal, picture, page and files say the same."""

from __future__ import annotations

from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd

from stip.outlook import NO_GROUND
from stip.plan import PlannedPlace

__all__ = ["NO_GROUND", "TIERS_EXPLAINED", "TIER_COLOURS", "TIER_NAMES", "RecordLine", "Tier", "WeekView"]


@dataclass(frozen=True)
class Tier:
    """A class of the outlook: the cells inside so many per cent of the area, with what they hold together."""

    name: str
    per_cent: int
    cells: int
    low: int
    high: int


@dataclass(frozen=True)
class RecordLine:
    """How often one model was right over the last weeks: ``hits`` of ``total`` incidents fell in its cells."""

    crime_type: str
    model: str
    is_outlook: bool
    hits: float
    total: float

    @property
    def share(self) -> float:
        """Hits as a share of all, 0 when there were none."""
        return self.hits / self.total if self.total else 0.0


@dataclass(frozen=True)
class WeekView:
    """One week, ready to show.

    Attributes
    ----------
    town, week : str
    monday, sunday : str
        The dates as people write them.
    run_id, plan_id : str
        The frozen runs this was made from.
    status : str
        Whether this is a proposal or the plan that was fixed, in Dutch, without a full stop.
    used : str
        ``model`` or ``baseline``: what the plan was made on.
    districts : tuple of str
        Names of the districts of the week; empty for the whole town.
    why : tuple of str
        Dutch sentences: why there.
    places : tuple of PlannedPlace
    tiers : tuple of Tier
    record : tuple of RecordLine
        Outlook and baselines over the last weeks, each crime type apart.
    record_weeks : int
    record_share : float
        Share of the area in which hits were counted.
    verdicts : tuple of str
        Dutch sentences: was the outlook better than its baseline, and how sure is that?
    warnings : tuple of str
        Dutch sentences.
    cells : GeoDataFrame
        Squares with ``cell``, ``tier`` (1, 3, 5, 10, 100), ``expected`` and ``low``, ``high``.
    dots : DataFrame
        ``crime_type``, ``x_m``, ``y_m``, ``count_of``: reports of the last four weeks by cell that may be shown.
    dots_hidden : int
        Reports left out of ``dots`` because their cell holds too few dwellings.
    dots_coarse : int
        Reports left out of ``dots`` because their place is known less finely than a cell.
    areas : GeoDataFrame
    base : dict of str to GeoDataFrame
        ``roads`` and ``water``, where the workspace has them, to find one's way on the map.
    labels, colours : dict of str to str
        Of each crime type.
    """

    town: str
    week: str
    monday: str
    sunday: str
    run_id: str
    plan_id: str
    status: str
    used: str
    districts: tuple[str, ...]
    why: tuple[str, ...]
    places: tuple[PlannedPlace, ...]
    tiers: tuple[Tier, ...]
    record: tuple[RecordLine, ...]
    record_weeks: int
    record_share: float
    verdicts: tuple[str, ...]
    warnings: tuple[str, ...]
    cells: gpd.GeoDataFrame
    dots: pd.DataFrame
    dots_hidden: int
    dots_coarse: int
    areas: gpd.GeoDataFrame
    base: dict[str, gpd.GeoDataFrame] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    colours: dict[str, str] = field(default_factory=dict)


TIER_NAMES = {
    1: "hoogste 1 % van de vakken",
    3: "van 1 tot 3 %",
    5: "van 3 tot 5 %",
    10: "van 5 tot 10 %",
}
"""Names of the classes, by the per cent of the area they end at."""

TIERS_EXPLAINED = (
    "De vakken staan op volgorde van wat er wordt verwacht: vergeleken met andere vakken, niet met eerdere weken."
)
"""What the classes compare."""

TIER_COLOURS = {1: "#08306b", 3: "#2171b5", 5: "#6baed6", 10: "#c6dbef"}
"""One scale from dark (most) to light (ordinary); it stays apart in grey and for colour-blind eyes."""
