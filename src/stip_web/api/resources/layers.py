# SPDX-License-Identifier: EUPL-1.2
"""Context layers: street lights, roads, water and what else the town read in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

import geopandas as gpd
import pandas as pd
from django.http import HttpRequest, HttpResponse
from ninja import Path as InPath
from ninja import Query, Router
from pydantic import Field

from stip.agreements import Agreement, Purpose, agreements_of, check_sources
from stip.store import Workspace, layer_names, read_layer
from stip_web.answers.crs import Crs
from stip_web.answers.problems import Refused
from stip_web.answers.shapes import shapes
from stip_web.api.cursor import page
from stip_web.api.geojson import collection, crs_asked, inside_shapes
from stip_web.api.operation import operation
from stip_web.api.parameters import Box, Paging, System
from stip_web.api.resources.areas import MAPS
from stip_web.api.schemas import Body, Collection, Feature
from stip_web.workspaces.clock import today
from stip_web.workspaces.current import current_workspace, state_of

router = Router(tags=["places"])


class Layer(Body):
    """A context layer, with where it came from and how old it is."""

    name: str
    features: int = Field(description="How many.")
    observed_until: date | None = Field(description="Newest observation; null when the source does not tell.")
    sources: list[str]
    titles: list[str] = Field(description="Of the agreements of its sources, in Dutch.")
    crs: list[Crs] = Field(description="Reference systems in which its features can be asked.")


class Layers(Body):
    """All layers, by name."""

    layers: list[Layer]


class LayerFeature(Feature):
    """A thing in a layer."""

    properties: Thing


class Thing(Body):
    """What is known of a thing."""

    value: float | None
    category: str | None
    observed_on: date | None
    source: str


class LayerFeatures(Collection):
    """Things of one layer."""

    layer: str
    features: list[LayerFeature]


@operation(router, "/layers", permission=MAPS, returns=Layers, summary="Context layers")
def list_layers(request: HttpRequest) -> dict[str, Any]:
    """Name the layers that the workspace has, with date and source."""
    workspace = current_workspace()
    agreements = agreements_of(workspace)
    return {"layers": [_told(_layer(workspace, name), name, agreements) for name in layer_names(workspace)]}


@operation(
    router, "/layers/{name}/features", permission=MAPS, returns=LayerFeatures, geo=True, also=(404, 406),
    summary="What is in a context layer",
)  # fmt: skip
def list_layer_features(
    request: HttpRequest,
    name: Annotated[str, InPath(max_length=80, examples=["trees"])],
    box: Query[Box],
    paging: Query[Paging],
    system: Query[System],
) -> HttpResponse:
    """Give the things of one layer, in the order in which they are stored."""
    crs = crs_asked(request, system)
    workspace = current_workspace()
    if name not in layer_names(workspace):
        raise Refused(404, f"Deze laag is er niet. Wel: {', '.join(layer_names(workspace)) or 'geen enkele'}.")
    frame, own = _layer(workspace, name), workspace.settings.town.crs
    check_sources(workspace, frame["source"].unique(), Purpose.DOT_MAP, on=today(workspace))
    chosen = frame[inside_shapes(frame.geometry.to_numpy(), box, own)]
    state = state_of(workspace, f"data/layers/{name}.parquet")
    this = page(len(chosen), paging, name, box, state)
    rows = chosen.iloc[this.rows]
    return collection(
        shapes(rows.geometry.to_numpy(), crs, own),
        _properties(rows),
        crs,
        matched=len(chosen),
        following=this.next,
        layer=name,
    )


def _properties(rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for row in rows.drop(columns="geometry").to_dict("records"):
        yield {
            "value": None if pd.isna(row["value"]) else float(row["value"]),
            "category": None if pd.isna(row["category"]) else str(row["category"]),
            "observedOn": None if pd.isna(row["observed_on"]) else row["observed_on"].date(),
            "source": str(row["source"]),
        }


def _told(frame: gpd.GeoDataFrame, name: str, agreements: dict[str, Agreement]) -> dict[str, Any]:
    sources = sorted(map(str, frame["source"].unique()))
    newest = frame["observed_on"].max()
    return {
        "name": name,
        "features": len(frame),
        "observedUntil": None if pd.isna(newest) else newest.date(),
        "sources": sources,
        "titles": [agreements[source].title for source in sources if source in agreements],
        "crs": list(Crs),
    }


def _layer(workspace: Workspace, name: str) -> gpd.GeoDataFrame:
    return _read(workspace.root, name, state_of(workspace, f"data/layers/{name}.parquet"))


@lru_cache(maxsize=24)
def _read(root: Path, name: str, state: tuple[tuple[str, int], ...]) -> gpd.GeoDataFrame:
    return read_layer(Workspace.open(root), name)


LayerFeature.model_rebuild()
