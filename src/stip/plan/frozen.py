# SPDX-License-Identifier: EUPL-1.2
"""How a proposal is kept in a run, and read back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
from pydantic import TypeAdapter

from stip.plan.proposal import FramePatch, Proposal
from stip.plan.value import Expectation
from stip.store import Run

_PROPOSAL = TypeAdapter(Proposal)


def notes_of(proposal: Proposal) -> dict[str, Any]:
    """Return the proposal as JSON can hold it, but for the frame, which is a table."""
    return {"proposal": _PROPOSAL.dump_python(replace(proposal, frame=()), mode="json")}


def proposal_of(run: Run) -> Proposal:
    """Return the proposal that a run of the kind ``plan`` holds."""
    proposal = _PROPOSAL.validate_python(run.notes["proposal"])
    frame = tuple(
        FramePatch(
            row["place_id"],
            tuple(int(cell) for cell in row["cells"]),
            row["probability"],
            row["state"],
            row["overlap"],
        )
        for row in run.table("frame").to_dict("records")
    )
    return replace(proposal, frame=frame)


def tables_of(proposal: Proposal, expected: Expectation) -> dict[str, pa.Table]:
    """Return the tables of a proposal: ``plan``, ``cells``, ``frame`` and ``parts``."""
    places = [
        {
            "number": place.number,
            "place_id": place.place_id,
            "cells": list(place.cells),
            "area_code": place.area_code,
            "areas": list(place.areas),
            "district": place.district,
            "expected": place.expected,
            "low": place.low,
            "high": place.high,
            "reached": place.reached,
            "hours": place.hours,
            "visits": place.visits,
            "kind": str(place.kind),
            "when": list(place.when),
            "origin": place.origin,
            "probability": place.probability,
            "reasons": list(place.reasons),
            "dwellings": place.dwellings,
            "reason": place.reason,
        }
        for place in (*proposal.places, *proposal.refused)
    ]
    cells = [
        {"place_id": place.place_id, "cell": cell, "crime_type": name, "expected": float(count)}
        for place in proposal.places
        for cell, counts in zip(
            place.cells, expected.expected[expected.rows(np.array(place.cells, dtype=np.int64))], strict=True
        )
        for name, count in zip(expected.types, counts, strict=True)
    ]
    frame = [
        {
            "place_id": p.place_id,
            "cells": list(p.cells),
            "probability": p.probability,
            "state": p.state,
            "overlap": p.overlap,
        }
        for p in proposal.frame
    ]
    parts = [
        {
            "codes": list(part.codes),
            "names": list(part.names),
            "state": part.state,
            "reached": part.reached,
            "at_most": part.at_most,
            "weeks_ago": part.weeks_ago,
            "weight": part.weight,
        }
        for part in proposal.parts
    ]
    return {
        "plan": pa.Table.from_pylist(places, schema=_PLAN_TABLE),
        "cells": pa.Table.from_pylist(cells, schema=_CELLS_TABLE),
        "frame": pa.Table.from_pylist(frame, schema=_FRAME_TABLE),
        "parts": pa.Table.from_pylist(parts, schema=_PARTS_TABLE),
    }


_TEXTS, _CELL_LIST = pa.list_(pa.string()), pa.list_(pa.int64())
_PLAN_TABLE = pa.schema(
    {
        "number": pa.int16(),
        "place_id": pa.string(),
        "cells": _CELL_LIST,
        "area_code": pa.string(),
        "areas": _TEXTS,
        "district": pa.string(),
        "expected": pa.float64(),
        "low": pa.float64(),
        "high": pa.float64(),
        "reached": pa.float64(),
        "hours": pa.float64(),
        "visits": pa.int16(),
        "kind": pa.string(),
        "when": _TEXTS,
        "origin": pa.string(),
        "probability": pa.float64(),
        "reasons": _TEXTS,
        "dwellings": pa.int32(),
        "reason": pa.string(),
    }
)
_CELLS_TABLE = pa.schema(
    {"place_id": pa.string(), "cell": pa.int64(), "crime_type": pa.string(), "expected": pa.float64()}
)
_FRAME_TABLE = pa.schema(
    {
        "place_id": pa.string(),
        "cells": _CELL_LIST,
        "probability": pa.float64(),
        "state": pa.string(),
        "overlap": pa.int16(),
    }
)
_PARTS_TABLE = pa.schema(
    {
        "codes": _TEXTS,
        "names": _TEXTS,
        "state": pa.string(),
        "reached": pa.float64(),
        "at_most": pa.float64(),
        "weeks_ago": pa.int32(),
        "weight": pa.float64(),
    }
)
