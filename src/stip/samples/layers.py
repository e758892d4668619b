# SPDX-License-Identifier: EUPL-1.2
"""The layers as a municipality keeps them: each in its own format, with headings of its own, and some too many."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from stip.samples.addresses import TOWN
from stip.samples.chance import chance
from stip.samples.drawing import CRS
from stip.samples.geography import Geography
from stip.settings import SAMPLE_TOWN

TOWN_CODE = SAMPLE_TOWN

_USE = {"row": "rijwoning", "flat": "appartement", "detached": "vrijstaand"}
_OWNER = {"corporation": "corporatie", "private": "particulier"}
_WATER = {"river": "rivier", "canal": "kanaal", "moat": "gracht", "lake": "plas"}
_GREEN = {"park": "park", "sport": "sportpark", "cemetery": "begraafplaats", "woods": "bos"}
_ROAD = {"ring": "rondweg", "main": "hoofdweg", "collector": "wijkweg"}


def layer_tables(town: Geography, *, seed: int) -> dict[str, pd.DataFrame | gpd.GeoDataFrame]:
    """Return each layer under the name of its file.

    A plain table goes to CSV with semicolons and decimal commas; a GeoDataFrame to GeoPackage in RD, or to GeoJSON
    in WGS84.
    """
    rng = chance(seed, "layers")
    return {
        "lantaarnpalen.geojson": _lamps(town.lamps, rng),
        "bomen.gpkg": _trees(town.trees, rng),
        "containers.csv": _containers(town.containers, rng),
        "fietsenrekken.geojson": _racks(town.racks),
        "horeca.csv": _businesses(town, "horeca", "vergunning"),
        "winkels.csv": _businesses(town, "shop", "vestiging"),
        "eigendom.gpkg": _ownership(town),
        "verblijfsobjecten.gpkg": _dwellings(town.homes, rng),
        "station.geojson": _stops(town, "treinstation"),
        "bushaltes.geojson": _stops(town, "bushalte"),
        "scholen.gpkg": _schools(town.schools),
        "wegen.gpkg": _roads(town.pieces),
        "water.gpkg": _named(town.ground.water, _WATER),
        "spoor.gpkg": _railway(town),
        "groen.gpkg": _named(town.ground.greens, _GREEN),
        "buurten.gpkg": _areas(town.ground.areas),
        "adressen.csv": _addresses(town.homes),
    }


def write_layer_file(table: pd.DataFrame | gpd.GeoDataFrame, path: Path) -> None:
    """Write a layer in the format that the name of its file asks for."""
    if isinstance(table, gpd.GeoDataFrame):
        if path.suffix == ".geojson":
            wgs84 = table.to_crs("EPSG:4326")
            wgs84.to_file(path, driver="GeoJSON", engine="pyogrio", COORDINATE_PRECISION=7)
        else:
            table.to_file(path, driver="GPKG", engine="pyogrio", layer=path.stem)
        return
    path.write_text(
        table.to_csv(sep=";", index=False, decimal=",", lineterminator="\r\n"), encoding="utf-8", newline=""
    )


def _lamps(lamps: pd.DataFrame, rng: np.random.Generator) -> gpd.GeoDataFrame:
    columns = {
        "mastnummer": _numbers("L", len(lamps)),
        "lamptype": lamps["kind"],
        "hoogte_m": lamps["height_m"],
        "geplaatst": _days(len(lamps), rng, 1988, 2025),
        "monteur": [f"verzonnen monteur {n}" for n in rng.integers(1, 9, len(lamps))],
    }
    return _points(lamps, columns)


def _trees(trees: pd.DataFrame, rng: np.random.Generator) -> gpd.GeoDataFrame:
    columns = {
        "boomnummer": _numbers("B", len(trees)),
        "soort": trees["kind"],
        "hoogte_m": trees["height_m"],
        "gecontroleerd": _days(len(trees), rng, 2021, 2025),
    }
    return _points(trees, columns)


def _containers(containers: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "containernummer": _numbers("C", len(containers)),
            "soort": containers["kind"],
            "rd_x": containers["x_m"],
            "rd_y": containers["y_m"],
            "geplaatst": _days(len(containers), rng, 2008, 2025),
            "opmerking": np.where(rng.random(len(containers)) < 0.04, "verzonnen opmerking van de buren", ""),
        }
    )


def _racks(racks: pd.DataFrame) -> gpd.GeoDataFrame:
    return _points(racks, {"reknummer": _numbers("F", len(racks)), "plaatsen": racks["places"]})


def _businesses(town: Geography, group: str, heading: str) -> pd.DataFrame:
    chosen = town.businesses[town.businesses["group"] == group].reset_index(drop=True)
    home = town.homes.loc[chosen["home"]]
    return pd.DataFrame(
        {
            heading: _numbers(heading[0].upper(), len(chosen)),
            "soort": chosen["kind"],
            "exploitant": [f"Verzonnen Uitbater {n}" for n in range(1, len(chosen) + 1)],
            "adres": (home["street"] + " " + home["number"].astype(str)).to_numpy(),
            "x": chosen["x_m"],
            "y": chosen["y_m"],
        }
    )


def _ownership(town: Geography) -> gpd.GeoDataFrame:
    parts: Iterable[tuple[Any, Any]] = [
        (town.blocks.geometry, town.blocks["owner"].map(_OWNER)),
        (town.halls.geometry, ["particulier"] * len(town.halls)),
        (town.fields, ["gemeente"] * len(town.fields)),
        (town.ground.greens.geometry, ["gemeente"] * len(town.ground.greens)),
    ]
    shapes = [shape for geometry, _ in parts for shape in geometry]
    owners = [owner for _, values in parts for owner in values]
    return gpd.GeoDataFrame(
        {"perceel": _numbers("P", len(shapes)), "soort_eigenaar": owners}, geometry=_tidy(shapes), crs=CRS
    )


def _dwellings(homes: pd.DataFrame, rng: np.random.Generator) -> gpd.GeoDataFrame:
    columns = {
        "identificatie": [f"9999010{n:09d}" for n in range(1, len(homes) + 1)],
        "gebruiksdoel": "woonfunctie",
        "woningtype": homes["type"].map(_USE),
        "straatnaam": homes["street"],
        "huisnummer": homes["number"],
        "oppervlakte": np.round(rng.gamma(9, 12, len(homes)) + 28).astype(np.int64),
    }
    return _points(homes, columns)


def _stops(town: Geography, kind: str) -> gpd.GeoDataFrame:
    stops = town.stops[town.stops["kind"] == kind].reset_index(drop=True)
    return _points(
        stops, {"haltenummer": _numbers("H", len(stops)), "soort": stops["kind"], "haltenaam": stops["name"]}
    )


def _schools(schools: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    columns = {"schoolnummer": _numbers("S", len(schools)), "soort": schools["kind"].to_numpy()}
    return gpd.GeoDataFrame(columns, geometry=_tidy(shapely.centroid(schools.geometry.to_numpy())), crs=CRS)


def _roads(pieces: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    columns = {
        "wegvak": _numbers("W", len(pieces)),
        "straatnaam": pieces["name"].to_numpy(),
        "wegtype": pieces["kind"].map(_ROAD).fillna("straat").to_numpy(),
    }
    return gpd.GeoDataFrame(columns, geometry=_tidy(pieces.geometry.to_numpy()), crs=CRS)


def _railway(town: Geography) -> gpd.GeoDataFrame:
    rail = town.ground.lines[town.ground.lines["kind"] == "rail"]
    columns = {"nummer": _numbers("R", len(rail)), "soort": "spoorweg"}
    return gpd.GeoDataFrame(columns, geometry=_tidy(rail.geometry.to_numpy()), crs=CRS)


def _named(frame: gpd.GeoDataFrame, words: dict[str, str]) -> gpd.GeoDataFrame:
    columns = {
        "nummer": _numbers("V", len(frame)),
        "soort": frame["kind"].map(words).to_numpy(),
        "benaming": frame["name"].to_numpy(),
    }
    return gpd.GeoDataFrame(columns, geometry=_tidy(frame.geometry.to_numpy()), crs=CRS)


def _areas(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    columns = {
        "buurtcode": areas["area_code"].to_numpy(),
        "buurtnaam": areas["name"].to_numpy(),
        "wijkcode": areas["district_code"].to_numpy(),
        "wijknaam": areas["district_name"].to_numpy(),
        "gemeentecode": TOWN_CODE,
        "gemeentenaam": TOWN,
        "jaar": areas["area_year"].to_numpy(),
    }
    return gpd.GeoDataFrame(columns, geometry=_tidy(areas.geometry.to_numpy()), crs=CRS)


def _addresses(homes: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "straatnaam": homes["street"],
            "huisnummer": homes["number"],
            "huisletter": homes["letter"],
            "postcode": homes["postcode"],
            "woonplaats": TOWN,
            "x": homes["x_m"],
            "y": homes["y_m"],
        }
    )


def _points(frame: pd.DataFrame, columns: dict[str, Any]) -> gpd.GeoDataFrame:
    plain = {name: value.to_numpy() if isinstance(value, pd.Series) else value for name, value in columns.items()}
    return gpd.GeoDataFrame(plain, geometry=shapely.points(frame["x_m"], frame["y_m"]), crs=CRS)


def _tidy(shapes: Any) -> Any:
    """Round to decimetres, as surveyors do and as the seal of the town needs."""
    to_decimetres: Callable[[Any], Any] = lambda coordinates: np.round(coordinates, 1)  # noqa: E731
    return shapely.transform(np.asarray(shapes, dtype=object), to_decimetres)


def _numbers(letter: str, count: int) -> list[str]:
    return [f"{letter}{n:06d}" for n in range(1, count + 1)]


def _days(count: int, rng: np.random.Generator, first: int, last: int) -> list[str]:
    start = np.datetime64(f"{first}-01-01")
    span = int((np.datetime64(f"{last}-12-31") - start).astype(int))
    return [str(day) for day in start + rng.integers(0, span, count)]
