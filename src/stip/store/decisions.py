# SPDX-License-Identifier: EUPL-1.2
"""What people decided: tables that only grow. A change of mind is a new row that names the row it supersedes."""

from __future__ import annotations

import uuid
from datetime import datetime

import pandas as pd
import pyarrow as pa

from stip.errors import ContractError, WorkspaceError
from stip.store.atomic import write_parquet
from stip.store.contracts import DECISIONS, conform
from stip.store.reading import read_parquet
from stip.store.workspace import Workspace

WITHDRAWN = "withdraw"
"""Kind of a row that takes back the row it supersedes, and puts nothing in its place."""


def record(workspace: Workspace, kind: str, rows: pd.DataFrame, *, at: datetime) -> list[str]:
    """Append decisions, all of them or none.

    Parameters
    ----------
    kind : str
        Name of a DECISION table: ``plan``, ``override``, ``visit``, ``feedback``, ``pause``, ``course``.
    rows : DataFrame
        The table's columns; ``at``, ``supersedes``, ``team`` and what came later may be left out, and ``decision_id``
        too: only who had to name a decision before it was taken gives one, of 32 random hex digits.
    at : aware datetime
        When they were taken, unless ``rows`` says so of each in a column ``at``.

    Returns
    -------
    list of str
        The ids given, in the order of ``rows``.

    Raises
    ------
    ContractError
        When the rows do not keep the table's contract, or ``at`` has no time zone.
    WorkspaceError
        When a row supersedes a decision that was never taken, or an id was given before: then it is the same one.
    """
    if at.tzinfo is None:
        raise ContractError(f"Het tijdstip {at} van het besluit heeft geen tijdzone. Geef het in UTC.")
    if rows.empty:
        return []
    ids = list(rows["decision_id"]) if "decision_id" in rows else [uuid.uuid4().hex for _ in range(len(rows))]
    full = rows.assign(decision_id=ids)
    if "at" not in full:
        full["at"] = pd.Timestamp(at).tz_convert("UTC")
    for name in ("supersedes", *DECISIONS[kind].later):
        if name not in full:
            full[name] = None
    table = conform(full, DECISIONS[kind])
    superseded = set(full["supersedes"].dropna())
    name = f"{pd.Timestamp(at).tz_convert('UTC'):%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex[:8]}.parquet"
    with workspace.writing():
        taken = set(_all(workspace, kind)["decision_id"]) if superseded or "decision_id" in rows else set()
        if taken & set(ids):
            raise WorkspaceError("Dit besluit is al vastgelegd. Laad de lijst opnieuw.")
        unknown = superseded - taken
        if unknown:
            raise WorkspaceError(f"Besluit {min(unknown)} bestaat niet en kan dus niet worden herzien.")
        write_parquet(workspace.root / "decisions" / kind / name, table)
    return ids


def read_decisions(
    workspace: Workspace,
    kind: str,
    *,
    week: str | None = None,
    before: datetime | None = None,
    history: bool = False,
) -> pd.DataFrame:
    """Return the decisions of a kind that stand: those that no later one supersedes, oldest first.

    A row that only withdraws another, `WITHDRAWN`, stands for nothing and is left out.

    Parameters
    ----------
    week : str, optional
        Only those of this ISO week.
    before : aware datetime, optional
        As they stood then: what was decided at this moment or later does not exist, and supersedes nothing.
    history : bool
        Also what was superseded, and the rows that withdraw: everything that was ever decided.
    """
    frame = _all(workspace, kind)
    if before is not None:
        frame = frame[frame["at"] < before]
    standing = frame if history else frame[~frame["decision_id"].isin(frame["supersedes"].dropna())]
    if not history and "kind" in frame:
        standing = standing[standing["kind"] != WITHDRAWN]
    if week is not None:
        standing = standing[standing["week"] == week]
    return standing.sort_values("at", kind="stable", ignore_index=True)


def _all(workspace: Workspace, kind: str) -> pd.DataFrame:
    """Return every decision of a kind ever taken."""
    contract = DECISIONS[kind]
    files = sorted((workspace.root / "decisions" / kind).glob("[!.]*.parquet"))
    tables = [read_parquet(file, contract.schema, later=contract.later) for file in files]
    table = pa.concat_tables(tables) if tables else contract.schema.empty_table()
    return table.to_pandas()
