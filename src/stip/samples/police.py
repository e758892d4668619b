# SPDX-License-Identifier: EUPL-1.2
"""The police file: incidents as rows in the shape of a BVH export, with columns that Stip must refuse.

All numbers of suspects, projects and the like are invented.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from stip.samples.addresses import TOWN
from stip.samples.chance import chance
from stip.samples.geography import Geography
from stip.samples.ground import area_at

HEADINGS = (
    "Incident Identificatie", "Bronregistratie", "Incidentsoort code", "Incidentsoort", "Pleegstraatnaam",
    "Pleeghuisnummer met toev.", "Pleegpostcode", "Pleegplaats", "Pleeggemeente", "Pleegprovincie", "Pleegwijk",
    "Pleegbuurt", "Pleegsubbuurt", "Begin-pleegdag v/d week", "Begin-pleegdagdeel", "Begin-pleegdatum/tijd",
    "Eind-pleegdag v/d week", "Eind-pleegdagdeel", "Eind-pleegdatum/tijd", "Kennisnamedag v/d week",
    "Kennisnamedagdeel", "Kennisnamedatum/tijd", "Aangifte", "Poging", "Verdachten", "Aanhoudingen", "Opgehelderd",
    "Object", "Project(en)", "Temperatuur", "Weer", "X", "Y",
)  # fmt: skip
PROVINCE = "Gelderland"

CODES = {
    "home_burglary": ("A10", "Diefstal/inbraak Woning"),
    "theft_from_vehicle": ("A50", "Diefstal Uit/vanaf Motorvoertuigen"),
    "bicycle_theft": ("A72", "Diefstal Fiets"),
    "vandalism": ("C40", "Vernieling Cq. Zaakbeschadiging"),
    "drugs": ("F40", "Bezit Hard Drugs"),
    "drugs_trade": ("F43", "Handel Soft Drugs"),
}
_OBJECTS = {
    "home_burglary": ("Woning", "Woning, Tussenwoning", "Woning, Flat", "Erf/Tuin/Balkon"),
    "theft_from_vehicle": ("Openbare Weg/-Water", "Parkeerplaats/Garage/Stal", "Openbare Weg/-Water, Weg"),
    "bicycle_theft": ("Openbare Weg/-Water", "Parkeerplaats/Garage/Stal, Stalling", "Erf/Tuin/Balkon"),
    "vandalism": ("Openbare Weg/-Water", "Openbare Weg/-Water, Weg", "School", "Bushalte", "Voertuig"),
}
_DAYS = np.array(["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"], dtype=object)
_PARTS = np.array(["nacht", "ochtend", "middag", "avond"], dtype=object)
_WEATHER = (
    "Bewolkt",
    "Nevel",
    "Regen",
    "Onbewolkt",
    "'s Nachts bewolkt",
    "Heldere nacht",
    "Overdag bewolkt",
    "Buien",
)
_PROJECTS = ("Stpr: Stipdamse Proef", "Vwvt: Verzonnen Team", "Hrct: Horecateam")
# Without a house number the police system puts the dot in the middle of the street.
_NO_NUMBER = {"home_burglary": 0.0, "theft_from_vehicle": 0.05, "bicycle_theft": 0.07, "vandalism": 0.06}


def add_police_work(incidents: pd.DataFrame, *, seed: int) -> pd.DataFrame:
    """Return the incidents with drug offences among them, which police find on patrol (*haal*), and numbers.

    They follow the incidents about the station and the bars, a few hours later.
    """
    rng = chance(seed, "police work")
    odds = np.where(incidents["crime_type"] == "bicycle_theft", 1.0, 0.15)
    count = int(len(incidents) * 0.04)
    chosen = np.sort(rng.choice(len(incidents), count, replace=False, p=odds / odds.sum()))
    found = incidents.iloc[chosen].copy()
    later = pd.to_timedelta(np.floor(rng.uniform(60, 1400, count)), unit="min")
    found["occurred"] = found["from"] = found["to"] = found["occurred"] + later
    found["known"] = found["occurred"] + pd.Timedelta(minutes=20)
    found["crime_type"] = np.where(rng.random(count) < 0.7, "drugs", "drugs_trade")
    found["near_repeat"] = False
    keys = ["known", "crime_type", "x_m", "y_m", "occurred"]
    both = pd.concat([incidents, found]).sort_values(keys, kind="stable", ignore_index=True)
    number = both.groupby(both["known"].dt.year).cumcount() + 1
    both["number"] = [f"PL9999_BVH_{year}{n:06d}" for year, n in zip(both["known"].dt.year, number, strict=True)]
    return both


def recorded_place(incidents: pd.DataFrame, town: Geography, *, seed: int) -> pd.DataFrame:
    """Return where the police put each incident: ``street``, ``number``, ``postcode``, ``x`` and ``y`` in metres."""
    rng = chance(seed, "recorded place")
    homes = town.homes
    home = incidents["home"].to_numpy()
    luck = rng.random(len(incidents))
    bare = (home < 0) | (luck < incidents["crime_type"].map(_NO_NUMBER).fillna(0).to_numpy())
    known = homes.iloc[np.maximum(home, 0)]
    nearest = shapely.STRtree(town.pieces.geometry.to_numpy()).nearest(shapely.points(incidents[["x_m", "y_m"]]))
    street = np.where(home >= 0, known["street"].to_numpy(), town.pieces["name"].to_numpy()[nearest])
    middle = _middles(town)
    piled = bare & (luck < 0.08) & (home >= 0)
    place = middle.loc[street].to_numpy()
    return pd.DataFrame(
        {
            "street": street,
            "number": np.where(bare, "", known["number"].astype(str) + known["letter"]),
            "postcode": np.where(bare, "", known["postcode"]),
            "x": np.where(piled, place[:, 0], incidents["x_m"]).astype(np.int64),
            "y": np.where(piled, place[:, 1], incidents["y_m"]).astype(np.int64),
        },
        index=incidents.index,
    )


def _middles(town: Geography) -> pd.DataFrame:
    """Return the point where incidents of a street pile up: the middle of its middle piece."""
    pieces = town.pieces
    rank = pieces.groupby("name").cumcount()
    size = pieces.groupby("name")["name"].transform("size")
    chosen = pieces[rank == size // 2]
    at = shapely.get_coordinates(shapely.line_interpolate_point(chosen.geometry.to_numpy(), 0.5, normalized=True))
    return pd.DataFrame(np.floor(at), index=chosen["name"])


def as_rows(incidents: pd.DataFrame, town: Geography, *, seed: int) -> pd.DataFrame:
    """Return the incidents as rows of text under `HEADINGS`.

    Parameters
    ----------
    incidents : DataFrame from `add_police_work`
    """
    rng = chance(seed, "police rows")
    size = len(incidents)
    place = recorded_place(incidents, town, seed=seed)
    area = town.ground.areas.iloc[area_at(town.ground, shapely.points(place["x"], place["y"]))]
    code = incidents["crime_type"].map(CODES)
    solved = rng.random(size) < 0.06
    arrests = np.where(solved, rng.integers(0, 3, size), 0)
    suspects = arrests + np.where(solved, rng.integers(0, 2, size), 0)
    rows: dict[str, Any] = {
        "Incident Identificatie": incidents["number"].to_numpy(),
        "Bronregistratie": incidents["number"].to_numpy(),
        "Incidentsoort code": code.str[0].to_numpy(),
        "Incidentsoort": code.str[1].to_numpy(),
        "Pleegstraatnaam": place["street"].to_numpy(),
        "Pleeghuisnummer met toev.": place["number"].to_numpy(),
        "Pleegpostcode": place["postcode"].to_numpy(),
        "Pleegplaats": TOWN,
        "Pleeggemeente": TOWN,
        "Pleegprovincie": PROVINCE,
        "Pleegwijk": ("Wijk " + area["district_code"].str[-2:] + " " + area["district_name"]).to_numpy(),
        "Pleegbuurt": area["name"].to_numpy(),
        "Pleegsubbuurt": area["name"].to_numpy(),
        **moments(incidents["from"], "Begin-pleeg"),
        **moments(incidents["to"], "Eind-pleeg"),
        **moments(incidents["known"], "Kennisname"),
        "Aangifte": _yes(rng.random(size) < 0.94),
        "Poging": _yes(rng.random(size) < np.where(incidents["crime_type"] == "home_burglary", 0.3, 0.03)),
        "Verdachten": suspects.astype(str),
        "Aanhoudingen": arrests.astype(str),
        "Opgehelderd": _yes(solved),
        "Object": _objects(incidents["crime_type"], rng),
        "Project(en)": np.where(rng.random(size) < 0.02, rng.choice(np.array(_PROJECTS, dtype=object), size), ""),
        "Temperatuur": _temperature(incidents["occurred"], rng),
        "Weer": rng.choice(np.array(_WEATHER, dtype=object), size),
        "X": place["x"].astype(str).to_numpy(),
        "Y": place["y"].astype(str).to_numpy(),
    }
    return pd.DataFrame({heading: rows[heading] for heading in HEADINGS}, index=incidents.index, dtype=object)


def moments(when: pd.Series, prefix: str) -> dict[str, npt.NDArray[np.object_]]:
    """Return the three columns in which the police file tells a moment; all empty where there is none."""
    gone = when.isna().to_numpy()
    filled = when.fillna(pd.Timestamp(2000, 1, 1))
    day, part = _DAYS[filled.dt.day_of_week.to_numpy()], _PARTS[filled.dt.hour.to_numpy() // 6]
    text = filled.dt.strftime("%d-%m-%Y %H:%M:%S").to_numpy(dtype=object)
    names = (f"{prefix}dag v/d week", f"{prefix}dagdeel", f"{prefix}datum/tijd")
    return {name: np.where(gone, "", value) for name, value in zip(names, (day, part, text), strict=True)}


def _yes(true: npt.NDArray[np.bool_]) -> npt.NDArray[np.object_]:
    return np.where(true, "J", "N").astype(object)


def _objects(crime_type: pd.Series, rng: np.random.Generator) -> npt.NDArray[np.object_]:
    luck = rng.random(len(crime_type))
    words = [_OBJECTS.get(kind, ("Openbare Weg/-Water",)) for kind in crime_type]
    return np.array([each[int(at * len(each))] for each, at in zip(words, luck, strict=True)], dtype=object)


def _temperature(when: pd.Series, rng: np.random.Generator) -> list[str]:
    warm = 10.5 + 7.5 * np.cos(2 * np.pi * (when.dt.day_of_year.to_numpy() - 200) / 365.25)
    return [f"{value:.1f}".replace(".", ",") for value in warm + rng.normal(0, 3.5, len(when))]
