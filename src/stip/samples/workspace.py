# SPDX-License-Identifier: EUPL-1.2
"""A workspace for the sample town: its settings, its agreements, and what is to be read into it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path

from stip.agreements import Kind, install_shipped
from stip.publish import secret_of
from stip.samples.addresses import TOWN
from stip.samples.history import LAST_WEEK
from stip.samples.layers import TOWN_CODE
from stip.samples.risk import TYPES
from stip.settings import (
    SEED_TYPES,
    CrimeType,
    FeatureSettings,
    LearnSettings,
    LinkSettings,
    Measure,
    OutlookSettings,
    Reporting,
    Settings,
    Town,
    write_toml,
)
from stip.space import monday
from stip.store import Workspace, day_in_town, write_text


@dataclass(frozen=True)
class SampleSource:
    """A file of the sample town that goes into a workspace.

    Attributes
    ----------
    name : str
        What it is called there; of layers the name of the layer.
    file : str
        In the folder of the town.
    agreement : str
        Source under whose agreement it is read.
    kind : Kind
    """

    name: str
    file: str
    agreement: str
    kind: Kind


SOURCES: tuple[SampleSource, ...] = (
    SampleSource("areas", "buurten.gpkg", "cbs_buurten", Kind.AREAS),
    SampleSource("addresses", "adressen.csv", "adressen", Kind.ADDRESSES),
    SampleSource("dwellings", "verblijfsobjecten.gpkg", "bag", Kind.LAYER),
    SampleSource("lampposts", "lantaarnpalen.geojson", "lantaarnpalen", Kind.LAYER),
    SampleSource("trees", "bomen.gpkg", "bomen", Kind.LAYER),
    SampleSource("containers", "containers.csv", "containers", Kind.LAYER),
    SampleSource("bicycle_racks", "fietsenrekken.geojson", "fietsenrekken", Kind.LAYER),
    SampleSource("horeca", "horeca.csv", "horeca", Kind.LAYER),
    SampleSource("shops", "winkels.csv", "winkels", Kind.LAYER),
    SampleSource("ownership", "eigendom.gpkg", "eigendom", Kind.LAYER),
    SampleSource("station", "station.geojson", "station", Kind.LAYER),
    SampleSource("bus_stops", "bushaltes.geojson", "bushaltes", Kind.LAYER),
    SampleSource("schools", "scholen.gpkg", "scholen", Kind.LAYER),
    SampleSource("roads", "wegen.gpkg", "wegen", Kind.LAYER),
    SampleSource("water", "water.gpkg", "water", Kind.LAYER),
    SampleSource("railway", "spoor.gpkg", "spoor", Kind.LAYER),
    SampleSource("parks", "groen.gpkg", "groen", Kind.LAYER),
)
"""What goes into the workspace besides the police files, in the order in which it should be read."""

_CONTROLLER = "het college van burgemeester en wethouders van Stipdam (voorbeeld)"
_DPIA = "voorbeeld: https://www.stipdam.example/dpia"
_YEARS_VALID = 2
_MONTHS_KEPT = 48  # before the last week of the town; the longest history is three years

_FEATURES = (
    FeatureSettings(layer="dwellings", measures=("count",)),
    FeatureSettings(layer="lampposts", measures=("count", "distance"), radius_m=100),
    FeatureSettings(layer="trees", measures=("count",), radius_m=100),
    FeatureSettings(layer="containers", measures=("count",), radius_m=150),
    FeatureSettings(layer="bicycle_racks", measures=("count",), radius_m=100),
    FeatureSettings(layer="horeca", measures=("count", "distance"), radius_m=250),
    FeatureSettings(layer="shops", measures=("count",), radius_m=250),
    FeatureSettings(layer="station", measures=("distance",)),
    FeatureSettings(layer="bus_stops", measures=("count",), radius_m=125),
    FeatureSettings(layer="schools", measures=("distance",)),
    FeatureSettings(layer="parks", measures=("area_share",)),
    FeatureSettings(layer="roads", measures=("count",)),
)


def sample_settings() -> Settings:
    """Return the settings with which the sample town works."""
    drugs = CrimeType(
        label="Drugs",
        codes=("F40", "F43", "Bezit hard drugs", "Handel soft drugs"),
        reporting=Reporting.POLICE,
    )
    measure = Measure(kind="hits_share_beats_baseline", threshold=0.01, from_week=LAST_WEEK)
    return Settings(
        town=Town(name=TOWN, code=TOWN_CODE),
        crime_types=SEED_TYPES | {"drugs": drugs},
        link=LinkSettings(features=_FEATURES),
        outlook=OutlookSettings(targets=TYPES, refit_weeks=26),  # half as often, so that the demo stays short
        learn=LearnSettings(
            goal="Minder inbraken en diefstallen op de plekken waar het team komt, en een stad die dat merkt.",
            success=measure.in_words,
            measure=measure,
        ),
    )


def stip_toml() -> str:
    """Return the settings of the sample town as the text of ``stip.toml``."""
    return write_toml(sample_settings())


def sample_agreements() -> dict[str, str]:
    """Return the agreements of the sample town's own layers, as TOML text by source."""
    folder = files("stip.samples") / "agreements"
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return {file.name.removesuffix(".toml"): file.read_text(encoding="utf-8") for file in found}


def sample_card() -> str:
    """Return the card of the sample town, filled in, as the text of ``card.toml``; see `stip.publish.register`."""
    return (files("stip.samples") / "card.toml").read_text(encoding="utf-8")


def make_workspace(root: Path | str, *, today: date | None = None) -> Workspace:
    """Make a workspace for the sample town: settings, agreements, a filled card.

    `SOURCES` says what is to be read into it.

    The reports of the town stay those of 2026. So that they may still be read, and are not destroyed at once, the
    agreements end at the earliest two years from now, and keep as long as the history asks.

    Parameters
    ----------
    root : path
    today : date, optional
        The day on which it is made; today when left out.

    Raises
    ------
    WorkspaceError
        When the folder holds something already.
    """
    workspace = Workspace.create(root, sample_settings())
    install_shipped(workspace)
    secret_of(workspace, published=False)  # here, since no page that reads may draw it
    day = today or day_in_town(workspace, datetime.now(UTC))
    with workspace.writing():
        write_text(workspace.root / "card.toml", sample_card())
        for source, text in sample_agreements().items():
            write_text(workspace.agreements / f"{source}.toml", text)
        for file in sorted(workspace.agreements.glob("*.toml")):
            write_text(file, _adopted(_still_valid(file.read_text(encoding="utf-8"), day)))
    return workspace


def _adopted(text: str) -> str:
    """Return the text of an agreement that says on what ground, who decides and where the DPIA lies."""
    text = text.replace(
        "Voorstel, te bevestigen door de gemeente:", "Voorbeeld, in een echte gemeente te bevestigen:"
    )
    text = text.replace('controller = ""', f'controller = "{_CONTROLLER}"')
    return text.replace('dpia = ""', f'dpia = "{_DPIA}"')


def _still_valid(text: str, today: date) -> str:
    """Return the text of an agreement that lasts, with a retention that spares the sample town."""
    last = monday(LAST_WEEK)
    keep = 12 * (today.year - last.year) + today.month - last.month + _MONTHS_KEPT
    until = date(today.year + _YEARS_VALID, 12, 31)
    text = re.sub(r"(?m)^(valid_until = )(\S+)", lambda found: found[1] + max(found[2], until.isoformat()), text)
    return re.sub(r"(?m)^(retention_months = )(\d+)", lambda found: found[1] + str(max(int(found[2]), keep)), text)
