# SPDX-License-Identifier: EUPL-1.2
"""The account of quality, made from the workspace as it is now, and kept until it changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from stip.agreements import check_sources
from stip.errors import StipError
from stip.intake import REFUSED, REPAIRED
from stip.link import addresses_found, features_of_cells, incidents_in_areas, incidents_in_cells
from stip.store import (
    Workspace,
    batches,
    incident_sources,
    read_areas,
    read_cells,
    read_features,
    read_incidents,
)
from stip.words import share
from stip_web.answers.own_faults import without_places
from stip_web.workspaces.current import state_of

LINKS = {
    "incidents_areas": "Meldingen in een buurt",
    "incidents_cells": "Meldingen in een vak",
    "features_cells": "Vakken waarvan dit bekend is",
    "addresses": "Adressen met een punt",
}
_WINDOWS = (
    ("hooguit een uur", 0, 1),
    ("1 tot 4 uur", 1, 4),
    ("4 tot 12 uur", 4, 12),
    ("12 tot 24 uur", 12, 24),
    ("meer dan een dag", 24, np.inf),
)
_LAST = 8


@dataclass(frozen=True)
class Quality:
    """What can be said of the workspace.

    Attributes
    ----------
    incidents : int
    links : tuple of dict
        ``link``, ``subject``, ``total``, ``matched``, ``ambiguous``, ``unmatched`` and ``share`` in words.
    windows : tuple of (str, tuple of str)
        How wide the time windows are, a cell for each crime type of ``types``.
    types : tuple of str
    refused, repaired : tuple of (str, str, int)
        Rule, advice and rows, over the last deliveries.
    deliveries : int
        How many of them.
    missing : str
        What could not be made, and why; empty when all was.
    """

    incidents: int
    links: tuple[dict[str, Any], ...]
    windows: tuple[tuple[str, tuple[str, ...]], ...]
    types: tuple[str, ...]
    refused: tuple[tuple[str, str, int], ...]
    repaired: tuple[tuple[str, str, int], ...]
    deliveries: int
    missing: str

    @property
    def shown_links(self) -> list[dict[str, Any]]:
        """Links with a row of their own: not the features that are known of every cell."""
        return [row for row in self.links if row["link"] != "features_cells" or row["matched"] < row["total"]]

    @property
    def whole_features(self) -> list[str]:
        """Features that are known of every cell."""
        return [row["subject"] for row in self.links if row not in self.shown_links]


def quality_of(workspace: Workspace, on: date) -> Quality:
    """Give the account.

    Parameters
    ----------
    on : date
        The day on which the agreements must allow it.

    Raises
    ------
    AgreementError
        When a source may not be used.
    """
    check_sources(workspace, incident_sources(workspace), None, on=on)
    state = state_of(workspace, "stip.toml", "data/incidents", "data/areas", "data/cells.parquet")
    return _quality(workspace.root, state)


@lru_cache(maxsize=2)
def _quality(root: Path, state: tuple[tuple[str, int], ...]) -> Quality:
    workspace = Workspace.open(root)
    incidents = read_incidents(workspace)
    held = batches(workspace)
    tables, missing = [addresses_found(held)], []
    makers: tuple[Callable[[], pd.DataFrame], ...] = (
        lambda: incidents_in_areas(incidents, read_areas(workspace)),
        lambda: incidents_in_cells(incidents, read_cells(workspace), workspace.grid),
        lambda: features_of_cells(read_features(workspace), read_cells(workspace)),
    )
    for made in makers:
        try:
            tables.append(made())
        except StipError as error:
            missing.append(without_places(error))
    links = pd.concat(tables, ignore_index=True)
    whole = links[links["area_code"].isna() & (links["total"] > 0)]
    last = held[-_LAST:]
    windows, types = _windows(workspace, incidents)
    return Quality(
        incidents=len(incidents),
        links=tuple(_link(row) for row in whole.to_dict("records")),
        windows=windows,
        types=types,
        refused=_rules(last, "refused_rules"),
        repaired=_rules(last, "repaired_rules"),
        deliveries=len(last),
        missing=" ".join(dict.fromkeys(missing)),
    )


def _link(row: dict[Any, Any]) -> dict[str, Any]:
    counts = {name: int(row[name]) for name in ("total", "matched", "ambiguous", "unmatched")}
    return {
        "link": str(row["link"]),
        "what": LINKS.get(str(row["link"]), str(row["link"])),
        "subject": str(row["subject"]),
        "share": share(counts["matched"], counts["total"]),
        **counts,
    }


def _windows(
    workspace: Workspace, incidents: pd.DataFrame
) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], tuple[str, ...]]:
    hours = (incidents["to_at"] - incidents["from_at"]).dt.total_seconds().to_numpy() / 3600
    kinds = [kind for kind in workspace.settings.crime_types if (incidents["crime_type"] == kind).any()]
    masks = [(incidents["crime_type"] == kind).to_numpy() for kind in kinds]
    rows = []
    for said, low, high in _WINDOWS:
        fits = (hours >= low) & (hours <= high) if low == 0 else (hours > low) & (hours <= high)
        rows.append((said, tuple(share(int((fits & mask).sum()), int(mask.sum())) for mask in masks)))
    return tuple(rows), tuple(workspace.settings.crime_types[kind].label for kind in kinds)


def _rules(held: list[dict[str, Any]], name: str) -> tuple[tuple[str, str, int], ...]:
    told = {rule.code: rule for rule in (*REFUSED, *REPAIRED)}
    counted: Counter[str] = Counter()
    for manifest in held:
        counted.update(manifest.get(name) or {})
    return tuple((told[code].what, told[code].advice, rows) for code, rows in counted.most_common() if code in told)
