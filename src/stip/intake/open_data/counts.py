# SPDX-License-Identifier: EUPL-1.2
"""Police counts by neighbourhood and month, as Statistics Netherlands publishes them (table 47022NED)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from stip.agreements import Gate, Kind, Role
from stip.errors import AgreementError, ServiceError
from stip.intake.accounts.account import Account
from stip.intake.accounts.report import OpenDataReport
from stip.intake.accounts.rule import Rule
from stip.intake.permission import agreement_to_read
from stip.intake.services.http import ServiceClient
from stip.intake.services.odata import POLICE_COUNTS_URL, Row, odata_headings, odata_rows
from stip.store import Workspace, write_counts
from stip.words import number

_ROLES = (Role.AREA_CODE, Role.PERIOD, Role.CRIME_CODE, Role.COUNT)
_AREA = r"[A-Z]{2}[0-9]{2,8}"
_CRIME = r"[A-Za-z0-9.]{1,12}"
_PERIOD = r"(?P<year>(?:19|20)[0-9]{2})(?P<kind>MM|JJ|KW)(?P<part>[0-9]{2})"
_MISSING_TEXTS = frozenset({"", "."})  # how the untyped set writes what is not known

BAD_AREA = Rule(
    "bad_area", "geen goede gebiedscode", "Kijk of de tabel gebieden heeft als GM0344, WK034401 of BU03440111."
)
BAD_PERIOD = Rule("bad_period", "geen goede periode", "Een periode is een maand (2025MM01) of een jaar (2025JJ00).")
BAD_CRIME = Rule("bad_crime", "geen goede code van een misdrijf", "Een code is bijvoorbeeld 1.1.1.")
BAD_COUNT = Rule("bad_count", "aantal is geen heel getal", "Vraag de dienst wat deze aantallen betekenen.")
TWICE = Rule("twice", "rij die er al was", "Haal de aantallen opnieuw op; de bladzijden verschoven onderweg.")
CONFLICT = Rule(
    "conflict",
    "rijen die elkaar tegenspreken",
    "Haal de aantallen later opnieuw op; de tabel wordt misschien net vernieuwd.",
)
TEXT_COUNT = Rule("text_count", "aantal als tekst geschreven", "Dit is hersteld; u hoeft niets te doen.")


@dataclass(frozen=True)
class Counts:
    """Counts by area and period.

    Attributes
    ----------
    months, years : DataFrame that keep the AREA_COUNT contract
        Months as ``2025-01`` and years as ``2025``, apart: a year is the sum of its months.
    report : OpenDataReport
    """

    months: pd.DataFrame
    years: pd.DataFrame
    report: OpenDataReport


def fetch_counts(
    workspace: Workspace,
    source: str = "cbs_misdrijven",
    *,
    client: ServiceClient,
    on: date,
    url: str = POLICE_COUNTS_URL,
    municipality: str = "",
    from_year: int | None = None,
) -> Counts:
    """Ask a service for counts, through the agreement; nothing is stored.

    Parameters
    ----------
    source : str
        Name of an agreement of kind counts; only the columns it declares are asked for and kept.
    on : date
        Day on which the agreement must hold.
    municipality : str
        Code such as ``GM0344``; the town's own when empty.
    from_year : int, optional

    Raises
    ------
    AgreementError
        When the agreement does not allow it.
    ServiceError
        When the service does not answer as documented.
    """
    agreement = agreement_to_read(workspace, source, Kind.COUNTS, on=on)
    code = (municipality or workspace.settings.town.code).strip().upper()
    if len(code) != 6 or not code.startswith("GM") or not (code.isascii() and code[2:].isdecimal()):
        raise AgreementError(
            "Van welke gemeente? Geef haar code met --gemeente, zoals GM0344, of zet code bij [town] in stip.toml."
        )
    headings = odata_headings(client, url)
    admission = Gate(agreement, workspace.settings).admit(headings)
    if admission.missing:
        raise ServiceError(
            f"De tabel mist de kolom ‘{admission.missing[0]}’ van de afspraak ‘{source}’. "
            "Kijk of de tabel is vernieuwd en pas dan de afspraak aan."
        )
    names = [admission.kept[role] for role in _ROLES]
    area, period = admission.kept[Role.AREA_CODE], admission.kept[Role.PERIOD]
    parts = [f"substringof('{level}{code[2:]}',{area})" for level in ("GM", "WK", "BU")]
    where = f"({' or '.join(parts)})" + (f" and {period} ge '{from_year}'" if from_year else "")
    rows = odata_rows(client, url, select=tuple(names), where=where)
    months, years, account = tidy_counts(rows, dict(zip(_ROLES, names, strict=True)))
    report = OpenDataReport.of(account, f"de aantallen van {code}", source, refused_columns=admission.refused)
    return Counts(months, years, report)


def store_counts(workspace: Workspace, counts: Counts) -> None:
    """Put counts in the workspace, in place of older ones; years under ``<source>_years``.

    Raises
    ------
    TooManyRefused
        When more rows are refused than the settings allow; nothing is stored then.
    """
    counts.report.check_limit(workspace.settings.intake.refused_limit)
    with workspace.writing():
        write_counts(workspace, counts.report.source, counts.months)
        write_counts(workspace, f"{counts.report.source}_years", counts.years)


def tidy_counts(rows: Sequence[Row], names: dict[Role, str]) -> tuple[pd.DataFrame, pd.DataFrame, Account]:
    """Return counts by month and by year, and the account of each row.

    Parameters
    ----------
    rows : sequence of dict
        As the service gave them.
    names : dict of Role to str
        The columns, by the role that they play.
    """
    account = Account(len(rows))
    raw = {role: [row[name] for row in rows] for role, name in names.items()}
    frame = pd.DataFrame(
        {
            "area_code": _texts(raw[Role.AREA_CODE]).str.upper(),
            "crime_code": _texts(raw[Role.CRIME_CODE]),
        }
    )
    period = _texts(raw[Role.PERIOD]).str.extract(rf"^{_PERIOD}$")
    is_month = (period["kind"] == "MM") & period["part"].fillna("00").astype(int).between(1, 12)
    is_year = (period["kind"] == "JJ") & (period["part"] == "00")
    month = is_month.fillna(False).to_numpy(bool)
    year = is_year.fillna(False).to_numpy(bool)
    frame["period"] = period["year"].where(~month, period["year"] + "-" + period["part"])
    numbers = [_whole(value) for value in raw[Role.COUNT]]
    frame["count"] = pd.array([value if isinstance(value, int) else None for value in numbers], dtype="Int64")

    account.refuse(~frame["area_code"].str.fullmatch(_AREA).fillna(False).to_numpy(bool), BAD_AREA)
    account.refuse(~frame["crime_code"].str.fullmatch(_CRIME).fillna(False).to_numpy(bool), BAD_CRIME)
    account.refuse(~(month | year), BAD_PERIOD)
    account.refuse(np.array([value is _WRONG for value in numbers], dtype=bool), BAD_COUNT)
    key = ["area_code", "period", "crime_code"]
    kept = frame[account.kept]
    twice = kept.index[kept.duplicated([*key, "count"])]
    account.refuse(_mask(frame, twice), TWICE)
    kept = frame[account.kept]
    account.refuse(_mask(frame, kept.index[kept.duplicated(key, keep=False)]), CONFLICT)
    from_text = [
        isinstance(raw_value, str) and isinstance(value, int)
        for raw_value, value in zip(raw[Role.COUNT], numbers, strict=True)
    ]
    account.repair(np.array(from_text, dtype=bool), TEXT_COUNT)

    columns = [*key, "count"]
    tables = [frame.loc[account.kept & which, columns].sort_values(key, ignore_index=True) for which in (month, year)]
    unknown = sum(int(table["count"].isna().sum()) for table in tables)
    if unknown:
        account.note(f"Rijen waarvan het aantal niet bekend is: {number(unknown)}. Dat is iets anders dan nul.")
    return tables[0], tables[1], account


class _Wrong:
    """Stands for a count that is none."""


_WRONG = _Wrong()


def _whole(value: Any) -> int | _Wrong | None:
    if value is None:
        return None
    if isinstance(value, str):
        text = value.strip()
        if text in _MISSING_TEXTS:
            return None
        return int(text) if text.isascii() and text.isdecimal() and len(text) <= 12 else _WRONG
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return _WRONG
    return int(value) if value >= 0 and value == int(value) and value < 1e12 else _WRONG


def _texts(values: Sequence[Any]) -> pd.Series:
    """Return codes without the spaces they are padded with; missing where there is no text."""
    return pd.Series([value.strip() if isinstance(value, str) else None for value in values], dtype="string")


def _mask(frame: pd.DataFrame, index: pd.Index) -> np.ndarray:
    mask = np.zeros(len(frame), dtype=bool)
    mask[index] = True
    return mask
