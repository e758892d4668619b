# SPDX-License-Identifier: EUPL-1.2
"""What lies beside the files: what each column means (CSVW) and how to read the figures."""

from __future__ import annotations

import json
from typing import Any

from stip.publish import METHOD, Quarter
from stip_web.opendata.columns import FIGURE_COLUMNS
from stip_web.opendata.environment import opendata_environment
from stip_web.opendata.snapshot import Snapshot
from stip_web.public.quarters import SEARCHED

ISSUES = (
    "Een melding die pas na de publicatie binnenkomt, telt niet meer mee. Een cijfer kan dus iets te laag zijn.",
    "Een melding waarvan de plek niet bekend is, telt in geen enkele buurt mee.",
    "Een buurt met heel weinig woningen heeft geen cijfer. Zo wordt de kans klein dat een cijfer iemand aanwijst.",
    SEARCHED,
    "Elk cijfer is afgerond. Tel daarom niet veel kleine cijfers op: de som kan er meer naast zitten.",
    "De politie en de gemeente weten niet alles. Wat niemand meldt, staat er niet in.",
)
"""What is known to be wrong with the figures, whatever the quarter."""


def told_of(now: Snapshot) -> list[str]:
    """Give what was told to be wrong with a quarter, each with its quarter."""
    return [f"{Quarter.named(issue['quarter']).label.capitalize()}: {issue['sentence']}" for issue in now.issues]


def csvw(now: Snapshot, table: str) -> bytes:
    """Describe the columns of a CSV file (CSV on the Web, W3C), so that a program can read it alone."""
    columns: list[dict[str, Any]] = [
        {
            "name": column.name,
            "titles": column.name,
            "dc:title": {"@value": column.title, "@language": "nl"},
            "dc:description": {"@value": column.description, "@language": "nl"},
            "datatype": column.kind,
            "required": not column.nullable,
        }
        for column in FIGURE_COLUMNS
    ]
    body = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "nl"}],
        "url": table,
        "dc:title": f"Meldingen per buurt, kwartaal en soort, gemeente {now.town[1]}",
        "dc:description": METHOD,
        "rdfs:comment": [*ISSUES, *told_of(now)],
        "dc:license": {"@id": opendata_environment().licence},
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True},
        "tableSchema": {"columns": columns, "primaryKey": ["quarter", "level", "area_code", "crime_type"]},
    }
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def read_me(now: Snapshot) -> bytes:
    """Tell how to read the files, as plain text."""
    env = opendata_environment()
    town = now.town[1]
    lines = [f"Meldingen per buurt, kwartaal en soort{f', gemeente {town}' if town else ''}", ""]
    if now.facts:
        lines += [f"Periode: {now.quarters[0].label} tot en met {now.quarters[-1].label}."]
    lines += [f"Licentie: {env.licence_name} ({env.licence}). Noem de gemeente als bron.", ""]
    lines += [
        "Afronden",
        METHOD,
        "",
        "Wat u moet weten",
        *(f"- {issue}" for issue in (*ISSUES, *told_of(now))),
        "",
        "Kolommen",
    ]
    lines += [f"- {column.name} ({column.title}): {column.description}" for column in FIGURE_COLUMNS]
    return ("\r\n".join(lines) + "\r\n").encode()
