# SPDX-License-Identifier: EUPL-1.2
"""Context layers: lamp posts, trees, containers, dwellings; what is on the map and never who."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from stip.agreements import Agreement, Kind, Role, check_features, find_any_personal, looks_like_name
from stip.errors import ContractError
from stip.intake.accounts.report import OpenDataReport
from stip.intake.accounts.rule import Rule
from stip.intake.open_data.admitted import Admitted, admit
from stip.intake.open_data.categories import tidy_categories
from stip.intake.permission import agreement_to_read
from stip.intake.places.georeference import layer_bounds
from stip.intake.tables.open_things import open_things
from stip.intake.tables.things import ThingSource
from stip.intake.values.asking import Asker
from stip.intake.values.date_formats import Order
from stip.intake.values.figures import arrow, read_figures
from stip.intake.values.moments import MomentReader
from stip.store import LAYER_COLUMNS, Workspace, write_layer
from stip.words import number

TWICE = Rule("twice", "nummer dat er al was", "Is de kolom geen nummer, haal de rol feature_id dan uit de afspraak.")
PERSONAL_ID = Rule("personal_id", "nummer dat op een persoon kan wijzen", "Zij hebben een eigen nummer gekregen.")
FORMULA_ID = Rule("formula_id", "nummer dat een rekenblad als formule leest", "Zij hebben een eigen nummer gekregen.")
NO_NUMBER = Rule("no_number", "waarde is geen getal", "De waarde is leeg gelaten; de plek telt mee.")
NO_DATE = Rule("no_date", "datum is niet te lezen", "De datum is leeg gelaten; de plek telt mee.")

_YEARS = (1800, 2100)
_LONGEST_ID = 64
_FORMULA = r"[=@]|[+-](?![0-9.,]*$)"  # a signed figure is none


@dataclass(frozen=True)
class LayerChoice:
    """What to take from a source that offers several.

    Attributes
    ----------
    category_column, value_column : str
        Heading for the role, out of those that the agreement declares for it; empty for the first.
    inner : str
        Layer of a GeoPackage, or file in a zip file.
    """

    category_column: str = ""
    value_column: str = ""
    inner: str = ""

    @property
    def roles(self) -> dict[Role, str]:
        """The headings that were chosen."""
        return {Role.CATEGORY: self.category_column, Role.VALUE: self.value_column}


@dataclass(frozen=True)
class Layer:
    """A layer that was read.

    Attributes
    ----------
    frame : GeoDataFrame
        Columns of `stip.store.LAYER_COLUMNS`.
    report : OpenDataReport
    """

    frame: gpd.GeoDataFrame
    report: OpenDataReport


def read_layer_file(
    workspace: Workspace, name: str, path: Path, *, source: str, on: date, choice: LayerChoice | None = None
) -> Layer:
    """Read a file as a layer, through its agreement; nothing is stored.

    Parameters
    ----------
    name : str
        What the layer is called in the workspace.
    path : Path
        GeoJSON, GeoPackage, Shapefile (loose or zipped), GeoParquet, or a table with coordinates.
    source : str
        Name of an agreement of kind layer.
    on : date
        Day on which the agreement must hold.
    choice : LayerChoice, optional

    Raises
    ------
    AgreementError
        When the agreement does not allow it.
    FileError
        When the file cannot be read, or misses what is needed.
    """
    agreement = agreement_to_read(workspace, source, Kind.LAYER, on=on)
    chosen = choice or LayerChoice()
    return layer_from(workspace, name, open_things(path, agreement, inner=chosen.inner), agreement, choice=chosen)


def layer_from(
    workspace: Workspace,
    name: str,
    source: ThingSource,
    agreement: Agreement,
    *,
    choice: LayerChoice | None = None,
) -> Layer:
    """Read a source as a layer; see `read_layer_file`."""
    if not name.isidentifier() or not name.isascii():
        raise ContractError(f"‘{name}’ kan geen naam van een laag zijn. Neem letters, cijfers en _, zoals lampposts.")
    allow_means = workspace.settings.link.allow_socio_economic
    check_features([name], allow_socio_economic=allow_means)
    chosen = choice or LayerChoice()
    things = admit(workspace, source, agreement, bounds=layer_bounds(workspace), choices=chosen.roles)
    account = things.account
    about = (name, agreement.column_of(Role.CATEGORY) or "", things.headings.get(Role.CATEGORY, ""))
    category = tidy_categories(things.text(Role.CATEGORY), about=about, allow_means=allow_means, account=account)
    feature_id = _feature_ids(things)
    frame = gpd.GeoDataFrame(
        {
            "layer": name,
            "feature_id": feature_id,
            "value": _values(things),
            "category": category,
            "observed_on": _days(things, agreement),
            "source": agreement.source,
        },
        geometry=things.shapes,
        crs=workspace.settings.town.crs,
    )
    frame = frame.loc[account.kept, list(LAYER_COLUMNS)].reset_index(drop=True)
    return Layer(
        frame, OpenDataReport.of(account, f"de laag {name}", agreement.source, refused_columns=things.refused)
    )


def store_layer(workspace: Workspace, layer: Layer, *, refused_limit: float | None = None) -> Path:
    """Put a layer in the workspace, in place of an older one of that name.

    Parameters
    ----------
    refused_limit : float, optional
        Share of the rows that may be refused, instead of what the settings say.

    Raises
    ------
    TooManyRefused
        When more rows are refused; nothing is stored then.
    """
    limit = workspace.settings.intake.refused_limit if refused_limit is None else refused_limit
    layer.report.check_limit(limit)
    return write_layer(workspace, layer.frame)


def _feature_ids(things: Admitted) -> pd.Series[Any]:
    """Return a number for each thing; its own where it has one that may be kept."""
    account = things.account
    given = things.text(Role.FEATURE_ID)
    own = pd.Series([f"rij{n}" for n in range(1, account.rows + 1)], dtype="string")
    personal = find_any_personal(given).notna() | looks_like_name(given)
    personal |= (given.str.len() > _LONGEST_ID).fillna(False).astype(bool)
    formula = given.str.match(_FORMULA).fillna(False).astype(bool) & ~personal
    account.repair(personal.to_numpy(bool) & account.kept, PERSONAL_ID)
    account.repair(formula.to_numpy(bool) & account.kept, FORMULA_ID)
    ids = given.mask(personal | formula).fillna(own)
    left = ids[account.kept]
    twice = np.zeros(account.rows, dtype=bool)
    twice[left.index[left.duplicated()]] = True
    account.refuse(twice, TWICE)
    return ids


def _values(things: Admitted) -> np.ndarray:
    column = things.columns.get(Role.VALUE)
    if column is None:
        return np.full(things.account.rows, np.nan)
    figures = read_figures(column)
    things.account.repair(figures.wrong & things.account.kept, NO_NUMBER)
    unknown = int((figures.special & things.account.kept).sum())
    if unknown:
        things.account.note(f"Waarden die geheim of niet bekend zijn en leeg bleven: {number(unknown)}.")
    return figures.value


def _days(things: Admitted, agreement: Agreement) -> pd.Series[Any]:
    """Return the day of observation; a bare year is its first day."""
    column = things.columns.get(Role.OBSERVED_ON)
    if column is None:
        return pd.Series(pd.NaT, index=range(things.account.rows), dtype="datetime64[us]")
    heading = agreement.column_of(Role.OBSERVED_ON)
    declared = agreement.columns[heading].date_format if heading else ""
    text = things.text(Role.OBSERVED_ON)
    years = text.where(text.str.fullmatch(r"[0-9]{4}").fillna(False))
    numbers = pd.to_numeric(years).astype("Int64")
    year = numbers.where(numbers.between(*_YEARS))
    asker = Asker()
    try:
        reader = MomentReader(asker, Order.DAY, declared=declared)
        cells = arrow(column.where(year.isna()) if year.notna().any() else column)
        reader.learn(cells)
        moments = reader.read(cells)
    finally:
        asker.close()
    days = pd.Series(moments.at).dt.normalize()
    first_days = pd.to_datetime(year.astype("string") + "-01-01", format="%Y-%m-%d").astype("datetime64[us]")
    unread = moments.unreadable & year.isna().to_numpy(bool)
    things.account.repair(unread & things.account.kept, NO_DATE)
    return days.where(year.isna(), first_days)
