# SPDX-License-Identifier: EUPL-1.2
"""Messy addresses: which in the book are likely meant, by the Fellegi-Sunter model of Splink.

The weights are fixed rather than learned, so that one address is read alike today and tomorrow, in a large book and
a small one. ``m`` is how often two writings of one address agree so, ``u`` how often two different addresses with the
same house number do. A house number must be the same: a neighbour's door is another place.

Everything happens in a DuckDB in memory that may not spill to disk, and nothing is logged: an address
is personal data.

References
----------
Fellegi & Sunter (1969), A theory for record linkage, JASA 64. Linacre et al. (2022), Splink, IJPDS 7(3).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb
import pandas as pd

from stip.errors import StipError
from stip.link.address_text import ADDRESS_KEYS

_PRIOR = 1 / 150
_LIKELY = 0.8
_LEAD_BITS = 3.0  # another place that is at most so much less likely makes an address ambiguous

_Levels = tuple[tuple[str, float, float], ...]
_STREET: _Levels = (
    ("street_l = street_r", 0.75, 0.0033),
    ("damerau_levenshtein(street_l, street_r) <= 1", 0.18, 0.0005),
    ("damerau_levenshtein(street_l, street_r) <= 2 and length(street_l) >= 8", 0.05, 0.001),
    ("ELSE", 0.02, 0.9952),
)
_POSTCODE: _Levels = (
    ("postcode_l = postcode_r", 0.84, 0.0005),
    ("damerau_levenshtein(postcode_l, postcode_r) <= 1", 0.09, 0.004),
    ("substr(postcode_l, 1, 4) = substr(postcode_r, 1, 4)", 0.05, 0.05),
    ("ELSE", 0.02, 0.9455),
)
_PC4: _Levels = (("pc4_l = pc4_r", 0.97, 0.05), ("ELSE", 0.03, 0.95))
_PLACE: _Levels = (
    ("place_l = place_r", 0.96, 0.3),
    ("damerau_levenshtein(place_l, place_r) <= 2 and length(place_l) >= 5", 0.03, 0.01),
    ("ELSE", 0.01, 0.69),
)
_BLOCKS = (
    "l.number = r.number and l.postcode = r.postcode",
    "l.number = r.number and substr(l.postcode, 1, 4) = substr(r.postcode, 1, 4)",
    "l.number = r.number and l.pc4 = r.pc4",
    "l.number = r.number and substr(l.street, 1, 3) = substr(r.street, 1, 3)",
    "l.number = r.number and right(l.street, 8) = right(r.street, 8)",
)


def likely_pairs(asked: pd.DataFrame, book: pd.DataFrame) -> pd.DataFrame:
    """Return the addresses of the book that are likely meant.

    Parameters
    ----------
    asked : DataFrame
        Columns of `ADDRESS_KEYS`, written alike.
    book : DataFrame
        The same, with ``x_m``, ``y_m`` and ``spread_m``.

    Returns
    -------
    DataFrame
        ``row`` (in the index of ``asked``), ``x_m``, ``y_m``, ``spread_m``: for each address that has a likely
        one, that one and those that are nearly as likely.
    """
    if asked.empty or book.empty:
        return pd.DataFrame({"row": [], "x_m": [], "y_m": [], "spread_m": []})
    with _silence(), duckdb.connect(":memory:", config={"temp_directory": ""}) as connection:
        try:
            scored = _scored(_table(asked, "a"), _table(book, "b"), connection)
        except duckdb.Error as error:  # its text may hold an address
            raise StipError(
                f"Het zoeken van adressen liep vast ({type(error).__name__}). Lees het bestand in kleinere delen in."
            ) from None
    best = scored.groupby("row")["match_weight"].transform("max")
    near = scored[scored["match_weight"] >= best - _LEAD_BITS]
    points = book.loc[near["entry"], ["x_m", "y_m", "spread_m"]].reset_index(drop=True)
    return pd.concat([near["row"].reset_index(drop=True), points], axis=1)


def _scored(asked: pd.DataFrame, book: pd.DataFrame, connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    from splink import DuckDBAPI, Linker, SettingsCreator  # takes a second, and most addresses need it not

    settings = SettingsCreator(
        link_type="link_only",
        probability_two_random_records_match=_PRIOR,
        comparisons=[
            _comparison("street", _STREET),
            _comparison("postcode", _POSTCODE),
            _comparison("pc4", _PC4),
            _comparison("place", _PLACE),
        ],
        blocking_rules_to_generate_predictions=[{"blocking_rule": rule} for rule in _BLOCKS],
        retain_matching_columns=False,
        linker_uid="addresses",
    )
    api = DuckDBAPI(connection)
    tables = [api.register(asked, dataset_display_name="asked"), api.register(book, dataset_display_name="book")]
    linker = Linker(tables, settings, log_level=None, validate_settings=False)
    predicted: Any = linker.inference.predict(threshold_match_probability=_LIKELY, warning_mode="never")
    pairs = predicted.as_pandas_dataframe()
    # "a…" sorts before "b…", so that the left one is always what was asked.
    return pd.DataFrame(
        {
            "row": pairs["unique_id_l"].str.slice(1).astype("int64"),
            "entry": pairs["unique_id_r"].str.slice(1).astype("int64"),
            "match_weight": pairs["match_weight"],
        }
    )


def _table(addresses: pd.DataFrame, mark: str) -> pd.DataFrame:
    keys = addresses[list(ADDRESS_KEYS)].astype(object)
    keys = keys.where(keys.notna(), None)
    if mark == "a":  # the four digits say nothing more once the whole postcode is compared
        keys["pc4"] = keys["pc4"].where(keys["postcode"].isna(), None)
    return keys.assign(unique_id=[f"{mark}{number}" for number in addresses.index])


def _comparison(column: str, levels: _Levels) -> dict[str, Any]:
    nothing = {
        "sql_condition": f"{column}_l is null or {column}_r is null",
        "label_for_charts": "null",
        "is_null_level": True,
    }
    return {
        "output_column_name": column,
        "comparison_levels": [
            nothing,
            *(
                {"sql_condition": sql, "label_for_charts": sql, "m_probability": m, "u_probability": u}
                for sql, m, u in levels
            ),
        ],
    }


@contextmanager
def _silence() -> Iterator[None]:
    logger = logging.getLogger("splink")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)
