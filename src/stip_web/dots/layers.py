# SPDX-License-Identifier: EUPL-1.2
"""What lies under and round the dots: neighbourhoods, roads, water and context layers, each with date and source."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

from stip.agreements import Purpose, check_sources, load_agreement
from stip.errors import AgreementError
from stip.store import Workspace, area_years, layer_names, read_areas, read_layer
from stip_web.workspaces.clock import today
from stip_web.workspaces.current import state_of

_KNOWN = {
    "lampposts": ("Lantaarnpalen", "#8a6d00"),
    "street_lights": ("Lantaarnpalen", "#8a6d00"),
    "parks": ("Groen", "#4f8a3c"),
    "trees": ("Bomen", "#4f8a3c"),
    "containers": ("Containers", "#5b5b5b"),
    "ownership": ("Eigendom", "#8c6bb1"),
    "bicycle_racks": ("Fietsenrekken", "#1f6f78"),
    "bus_stops": ("Bushaltes", "#1c4f8a"),
    "horeca": ("Horeca", "#a63603"),
    "shops": ("Winkels", "#a63603"),
    "schools": ("Scholen", "#7a0177"),
    "station": ("Station", "#1d252c"),
    "railway": ("Spoor", "#5b5b5b"),
    "dwellings": ("Woningen", "#8a8a8a"),
    "roads": ("Wegen", "#ffffff"),
    "water": ("Water", "#bcd5e6"),
}
_BASE = ("water", "roads")
_ON = ("parks", "railway")
_OTHER = "#5b5b5b"
_DECIMALS = 7

State = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Layer:
    """A layer as the page tells it.

    Attributes
    ----------
    name, label, colour : str
    on : bool
        Shown when the URL names no layers.
    base : bool
        Part of the map itself: no choice.
    as_of : str
        ISO day of the newest thing in it; empty when it does not tell.
    read_on : date
        When it came into the workspace.
    source : str
        Title of its agreement.
    licence : str
        On what ground it may be used.
    count : int
    """

    name: str
    label: str
    colour: str
    on: bool
    base: bool
    as_of: str
    read_on: date
    source: str
    licence: str
    count: int

    @property
    def newest(self) -> date | None:
        """The day of the newest thing in it, when it tells."""
        return date.fromisoformat(self.as_of) if self.as_of else None

    def told(self, url: str) -> dict[str, Any]:
        """Return what the script of the map needs."""
        kept = ("name", "label", "on", "source", "colour", "base")
        return {name: value for name, value in asdict(self).items() if name in kept} | {
            "url": url,
            "date": self.as_of,
        }


@dataclass(frozen=True)
class Refused:
    """A layer that may not be shown, and why."""

    label: str
    why: str


def layers_of(workspace: Workspace) -> tuple[list[Layer], list[Refused]]:
    """Return the layers that may be shown, base first; and those that may not today."""
    allowed, refused = [], []
    called = workspace.settings.link.layer_names
    names = sorted(layer_names(workspace), key=lambda name: (name not in _BASE, label_of(name, called)))
    for name in names:
        try:
            allowed.append(layer_of(workspace, name))
        except AgreementError as error:
            refused.append(Refused(label_of(name, called), str(error)))
    return allowed, refused


def layer_of(workspace: Workspace, name: str) -> Layer:
    """Return a layer that may be shown.

    Raises
    ------
    AgreementError
        When its source may not be used for the dot map today.
    """
    facts = _facts(workspace.root, name, _stamp(workspace, name))
    check_sources(workspace, facts["sources"], Purpose.DOT_MAP, on=today(workspace))
    agreements = [load_agreement(workspace, source) for source in facts["sources"]]
    _, colour = _KNOWN.get(name, ("", _OTHER))
    return Layer(
        name,
        label_of(name, workspace.settings.link.layer_names),
        colour,
        on=name in _ON,
        base=name in _BASE,
        as_of=facts["date"],
        read_on=datetime.fromtimestamp(
            (workspace.data / "layers" / f"{name}.parquet").stat().st_mtime,
            ZoneInfo(workspace.settings.town.time_zone),
        ).date(),
        source=", ".join(agreement.title for agreement in agreements),
        licence=" ".join(dict.fromkeys(agreement.legal_basis for agreement in agreements)),
        count=facts["count"],
    )


def label_of(name: str, names: Mapping[str, str]) -> str:
    """Return what a layer is called on screen: as the settings say, else as most towns call it."""
    return names.get(name) or (_KNOWN[name][0] if name in _KNOWN else name.replace("_", " ").capitalize())


@dataclass(frozen=True)
class Packed:
    """GeoJSON, packed once."""

    tag: str
    packed: bytes


def layer_geojson(workspace: Workspace, name: str) -> Packed:
    """Return a layer in longitude and latitude, with only its category: no numbers, no values."""
    return _layer_geojson(workspace.root, name, _stamp(workspace, name))


def areas_geojson(workspace: Workspace) -> Packed:
    """Return the neighbourhoods, with code, name and district."""
    return _areas_geojson(workspace.root, state_of(workspace, "data/areas"))


def _stamp(workspace: Workspace, name: str) -> State:
    return state_of(workspace, f"data/layers/{name}.parquet", "stip.toml")


@lru_cache(maxsize=64)
def _facts(root: Path, name: str, state: State) -> dict[str, Any]:
    layer = read_layer(Workspace.open(root), name)
    newest = pd.to_datetime(layer["observed_on"]).max()
    day = "" if pd.isna(newest) else newest.date().isoformat()
    sources = tuple(sorted(str(source) for source in layer["source"].unique()))
    return {"date": day, "sources": sources, "count": len(layer)}


@lru_cache(maxsize=24)
def _layer_geojson(root: Path, name: str, state: State) -> Packed:
    layer = read_layer(Workspace.open(root), name)
    category = layer["category"].astype(object).where(layer["category"].notna(), None)
    return _pack(layer, [{"category": value} if value else {} for value in category])


@lru_cache(maxsize=4)
def _areas_geojson(root: Path, state: State) -> Packed:
    workspace = Workspace.open(root)
    if not area_years(workspace):
        return _packed([])
    frame = read_areas(workspace).frame
    columns = ("area_code", "name", "district_code", "district_name")
    told = [dict(zip(("code", "name", "wijk", "wijknaam"), row, strict=True)) for row in frame[list(columns)].values]
    return _pack(frame, told)


def _pack(frame: gpd.GeoDataFrame, properties: list[dict[str, Any]]) -> Packed:
    turn = Transformer.from_crs(frame.crs, "OGC:CRS84", always_xy=True)

    def turned(xy: Any) -> Any:
        return np.round(np.column_stack(turn.transform(xy[:, 0], xy[:, 1])), _DECIMALS)

    shapes = shapely.transform(shapely.force_2d(frame.geometry.to_numpy()), turned)
    features = [
        {"type": "Feature", "geometry": shapely.geometry.mapping(shape), "properties": told}
        for shape, told in zip(shapes, properties, strict=True)
        if not shapely.is_missing(shape)
    ]
    return _packed(features)


def _packed(features: list[dict[str, Any]]) -> Packed:
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
    body = text.encode()
    return Packed(f"{zlib.crc32(body):08x}", gzip.compress(body, 6, mtime=0))
