# SPDX-License-Identifier: EUPL-1.2
"""The layers of the workspace: how many things, under which agreement, and from when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

import pandas as pd

from stip.agreements import agreements_of
from stip.store import Workspace, layer_names, read_layer
from stip_web.dots.layers import label_of
from stip_web.workspaces.current import state_of


@dataclass(frozen=True)
class Layer:
    """One layer.

    Attributes
    ----------
    name, label, title : str
        In the workspace, what it is called on screen, and what its agreement calls it.
    source : str
        The agreement.
    things : int
    kinds : int
        Different categories.
    observed_first, observed_last : date, optional
        When its things were looked at, as the source says.
    read_at : aware datetime
        When it was put in the workspace.
    used : bool
        Whether the outlook measures it.
    """

    name: str
    label: str
    title: str
    source: str
    things: int
    kinds: int
    observed_first: date | None
    observed_last: date | None
    read_at: datetime
    used: bool


def layers_of(workspace: Workspace) -> list[Layer]:
    """Give the layers in alphabetical order; read again when one of them changes."""
    return list(_layers(workspace.root, state_of(workspace, "stip.toml", "agreements", "data/layers")))


@lru_cache(maxsize=2)
def _layers(root: Path, state: tuple[tuple[str, int], ...]) -> tuple[Layer, ...]:
    workspace = Workspace.open(root)
    used = {feature.layer for feature in workspace.settings.link.features}
    titles = {source: agreement.title for source, agreement in agreements_of(workspace).items()}
    return tuple(_layer(workspace, name, used, titles) for name in layer_names(workspace))


def _layer(workspace: Workspace, name: str, used: set[str], titles: dict[str, str]) -> Layer:
    frame = read_layer(workspace, name)
    seen = pd.to_datetime(frame["observed_on"]).dropna()
    changed = (workspace.data / "layers" / f"{name}.parquet").stat().st_mtime
    sources = sorted(set(map(str, frame["source"])))
    return Layer(
        name=name,
        label=label_of(name, workspace.settings.link.layer_names),
        title=", ".join(titles.get(source, source) for source in sources),
        source=sources[0] if sources else "",
        things=len(frame),
        kinds=int(frame["category"].nunique()),
        observed_first=seen.min().date() if len(seen) else None,
        observed_last=seen.max().date() if len(seen) else None,
        read_at=datetime.fromtimestamp(changed, UTC),
        used=name in used,
    )
