# SPDX-License-Identifier: EUPL-1.2
"""The tables that stages hand to each other: names, types and units, checked at the door.

Times are UTC, coordinates metres in the workspace's reference system, weeks ISO text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from stip.errors import ContractError
from stip.store.distinct import surely_distinct
from stip.store.signal_rules import refuse_place_of_help

_MOMENT = pa.timestamp("us", tz="UTC")
_MANY = 10_000  # rows; of fewer, looking at the keys themselves takes no time
_CELLS = pa.list_(pa.int64())


@dataclass(frozen=True)
class Contract:
    """What a table holds.

    Attributes
    ----------
    name : str
    schema : pyarrow.Schema
        A field that may be empty is nullable.
    key : tuple of str
        Columns that together tell each row from every other; empty when rows may repeat.
    later : tuple of str
        Columns that came later: files of before lack them, which reads as empty.
    refuse : callable, optional
        Looks at a table of the right columns and types, and raises for what else it may not hold.
    """

    name: str
    schema: pa.Schema
    key: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    refuse: Callable[[pa.Table], None] | None = None


def _schema(**fields: pa.DataType) -> pa.Schema:
    """Build a schema; a name with an underscore behind it may be empty."""
    return pa.schema(
        pa.field(name.removesuffix("_"), kind, nullable=name.endswith("_")) for name, kind in fields.items()
    )


INCIDENT = Contract(
    "incident",
    _schema(
        incident_id=pa.string(),
        source=pa.string(),
        batch_id=pa.string(),
        version=pa.int32(),
        crime_type=pa.string(),
        from_at=_MOMENT,
        to_at=_MOMENT,
        known_at=_MOMENT,
        x_m=pa.float64(),
        y_m=pa.float64(),
        precision_m=pa.float32(),
        area_code_=pa.string(),
        area_year_=pa.int16(),
    ),
    key=("incident_id", "version"),
)

CELL = Contract(
    "cell",
    _schema(
        grid_id=pa.string(),
        cell=pa.int64(),
        x_m=pa.float64(),
        y_m=pa.float64(),
        area_code_=pa.string(),
        dwellings_=pa.int32(),
        in_study=pa.bool_(),
    ),
    key=("cell",),
)

COUNT = Contract(
    "count",
    _schema(cell=pa.int64(), week=pa.string(), crime_type=pa.string(), count=pa.float64()),
    key=("cell", "week", "crime_type"),
)

OUTLOOK = Contract(
    "outlook",
    _schema(
        run_id=pa.string(),
        cell=pa.int64(),
        week=pa.string(),
        crime_type=pa.string(),
        expected=pa.float64(),
        low=pa.float64(),
        high=pa.float64(),
        baseline=pa.float64(),
        tier=pa.int8(),  # 1, 3, 5, 10: inside that per cent of the area; 100: outside them
        reasons=pa.list_(pa.string()),
    ),
    key=("cell", "week", "crime_type"),
)

SCORE = Contract(
    "score",
    _schema(
        run_id=pa.string(),
        model=pa.string(),
        crime_type=pa.string(),
        cutoff=_MOMENT,
        week=pa.string(),
        area_share=pa.float64(),
        hits=pa.float64(),
        best_hits=pa.float64(),  # most that the same area could have held, for PEI*
        total=pa.float64(),
        expected_=pa.float64(),  # sum over all cells, for calibration
        deviance_=pa.float64(),  # Poisson deviance summed over all cells
        state=pa.string(),
    ),
    key=("run_id", "model", "crime_type", "week", "area_share"),
)

BESIDE = Contract(
    "beside",
    _schema(
        run_id=pa.string(),
        week=pa.string(),
        team=pa.string(),  # code; empty for all together
        kind=pa.string(),  # people, own, better_here or dropped
        judgements=pa.int32(),
        cells=pa.int32(),  # that each side has
        total=pa.float64(),
        people=pa.float64(),
        outlook=pa.float64(),
        baseline_=pa.float64(),  # has no say in what was dropped
        state=pa.string(),
    ),
    key=("run_id", "week", "team", "kind"),
)

_DECISION: dict[str, pa.DataType] = {"decision_id": pa.string(), "at": _MOMENT, "supersedes_": pa.string()}
_TEAM: dict[str, pa.DataType] = {"team_": pa.string()}  # a code of plan.teams; empty: the first team, or none

PLAN = Contract(
    "plan",
    _schema(
        **_DECISION,
        plan_id=pa.string(),
        version=pa.int32(),
        week=pa.string(),
        place_id=pa.string(),
        cells=_CELLS,
        area_code_=pa.string(),
        kind=pa.string(),
        hours=pa.float64(),
        visits=pa.int16(),
        origin=pa.string(),  # outlook, person or random
        probability=pa.float64(),  # chance with which the place was drawn; 1 when it was chosen
        reason_=pa.string(),
        **_TEAM,
        slots_=pa.list_(pa.string()),  # when: a day and a shift for each visit, such as di-avond; see stip.plan.slots
        run_id_=pa.string(),  # the frozen plan that holds the places with their facts
    ),
    key=("plan_id", "version", "place_id"),
    later=("team", "slots", "run_id"),
)

OVERRIDE = Contract(
    "override",
    _schema(
        **_DECISION,
        week=pa.string(),
        crime_type_=pa.string(),
        kind=pa.string(),  # add, move, lower or drop; withdraw takes back the row it supersedes
        cells=_CELLS,
        to_cells_=_CELLS,
        reason=pa.string(),
        role=pa.string(),
        **_TEAM,
    ),
    key=("decision_id",),
    later=("team",),
)

VISIT = Contract(
    "visit",
    _schema(
        **_DECISION,
        plan_id=pa.string(),
        place_id=pa.string(),
        week=pa.string(),
        hours=pa.float64(),
        **_TEAM,
    ),
    key=("decision_id",),
    later=("team",),
)

FEEDBACK = Contract(
    "feedback",
    _schema(
        **_DECISION,
        plan_id=pa.string(),
        place_id=pa.string(),
        week=pa.string(),
        visited=pa.bool_(),
        code=pa.string(),
        better_cells_=_CELLS,
        **_TEAM,
    ),
    key=("decision_id",),
    later=("team",),
)

PAUSE = Contract(
    "pause",
    _schema(**_DECISION, what=pa.string(), paused=pa.bool_(), reason=pa.string(), role=pa.string()),
    key=("decision_id",),
)

APPROVAL = Contract(
    "approval",
    _schema(**_DECISION, run_id=pa.string(), what=pa.string(), reason=pa.string(), role=pa.string()),
    key=("decision_id",),
)

SIGNAL = Contract(
    "signal",
    _schema(
        **_DECISION,
        kind=pa.string(),  # offence, help, space or unvisited: which rule holds
        category=pa.string(),  # a code of the rule, or a type of crime
        week=pa.string(),
        cells_=_CELLS,  # never of help
        area_code_=pa.string(),
        due_on=pa.date32(),  # the last day to decide on
        stream=pa.string(),  # outlook, street or desk: where it came from
        role=pa.string(),
    ),
    key=("decision_id",),
    refuse=refuse_place_of_help,
)

ANSWER = Contract(
    "answer",
    _schema(
        **_DECISION,
        signal_id=pa.string(),
        week=pa.string(),
        kind=pa.string(),  # act, hand_over or let_be
        partner_=pa.string(),
        shared_what_=pa.list_(pa.string()),  # category, week, area, place
        sent_by_=pa.string(),  # signalen or form; empty as long as the partner was not told
        receipt_=pa.string(),  # number at the partner
        taken_on_=pa.string(),  # yes, no or done; empty as long as the partner did not say
        reason_=pa.string(),
        role=pa.string(),
    ),
    key=("decision_id",),
)

COURSE = Contract(
    "course",
    _schema(
        **_DECISION,
        week=pa.string(),  # in which it was decided
        choice=pa.string(),  # go, change or stop
        reason=pa.string(),
        role=pa.string(),
        measure=pa.string(),  # as it stood in learn.measure, with what came out
        threshold=pa.float64(),
        from_week=pa.string(),
        weeks=pa.int32(),
        value_=pa.float64(),
        low_=pa.float64(),
        high_=pa.float64(),
        outcome=pa.string(),  # met, not_met, unclear or too_few
    ),
    key=("decision_id",),
)

EXPORT = Contract(
    "export",
    _schema(
        **_DECISION,
        what=pa.string(),  # what left the workspace, and as what kind of file; never the name of the file
        crime_types_=pa.list_(pa.string()),  # empty: all
        from_at_=_MOMENT,
        to_at_=_MOMENT,
        rows=pa.int64(),
    ),
    key=("decision_id",),
)
"""By a command, which does not know who gives it; what the site hands out stands in its own log, with who."""

DECISIONS: dict[str, Contract] = {
    c.name: c for c in (PLAN, OVERRIDE, VISIT, FEEDBACK, SIGNAL, ANSWER, PAUSE, APPROVAL, COURSE, EXPORT)
}


def conform(frame: pd.DataFrame, contract: Contract) -> pa.Table:
    """Return the frame as an Arrow table that keeps the contract.

    Raises
    ------
    ContractError
        When a column is missing or too many, a type does not fit, a value is empty that may not be,
        or two rows share a key.
    """
    names = contract.schema.names
    missing = [name for name in names if name not in frame.columns]
    extra = [name for name in frame.columns if name not in names]
    twice = list(frame.columns[frame.columns.duplicated()])
    if missing or extra or twice:
        what = f"mist ‘{missing[0]}’" if missing else f"heeft een kolom te veel: ‘{[*extra, *twice][0]}’"
        raise ContractError(f"Tabel {contract.name} {what}. De kolommen zijn {', '.join(names)}.")
    columns = [_column(frame[field.name], field, contract.name) for field in contract.schema]
    table = pa.table(columns, schema=contract.schema.with_metadata({b"contract": contract.name.encode()}))
    for field in contract.schema:
        if not field.nullable and table[field.name].null_count:
            raise ContractError(f"Tabel {contract.name}: ‘{field.name}’ is ergens leeg en mag dat niet zijn.")
        required_number = pa.types.is_floating(field.type) and not field.nullable
        if required_number and not pc.all(pc.is_finite(table[field.name]), min_count=0).as_py():
            raise ContractError(f"Tabel {contract.name}: ‘{field.name}’ bevat een waarde die geen getal is.")
    if contract.key and _has_twins(frame, contract.key):
        raise ContractError(f"Tabel {contract.name}: twee rijen hebben dezelfde {' + '.join(contract.key)}.")
    if contract.refuse is not None:
        contract.refuse(table)
    return table


def _has_twins(frame: pd.DataFrame, key: tuple[str, ...]) -> bool:
    """Tell whether two rows share a key; one part of it that never repeats is enough to know."""
    if len(frame) > _MANY and surely_distinct(frame[key[0]]):
        return False
    return bool(frame.duplicated(list(key)).any())


def _column(values: pd.Series[Any], field: pa.Field, table: str) -> pa.ChunkedArray:
    """Return one column in the promised type. The message never quotes the values: they may be refused ones."""
    if pa.types.is_timestamp(field.type) and not _has_zone(values):
        raise ContractError(f"Tabel {table}: ‘{field.name}’ heeft geen tijdzone. Geef tijden in UTC.")
    try:
        column = pa.array(values, field.type, from_pandas=True)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        raise ContractError(
            f"Tabel {table}: ‘{field.name}’ bevat een waarde die geen {field.type} is. Herstel die kolom."
        ) from None
    return column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column], field.type)


def _has_zone(moments: pd.Series[Any]) -> bool:
    if moments.dtype == object:
        return all(getattr(moment, "tzinfo", None) is not None for moment in moments.dropna())
    return isinstance(moments.dtype, pd.DatetimeTZDtype)
