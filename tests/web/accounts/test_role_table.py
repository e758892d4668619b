# SPDX-License-Identifier: EUPL-1.2
"""The table of who sees what, cell by cell, beside the roles that an installation starts with."""

from __future__ import annotations

import pytest

from stip_web.accounts.grants import READS_PLACES, ROLES
from stip_web.accounts.permissions import Permission as May

COLUMNS = ("analyst", "coordinator", "member", "privacy_officer", "policy", "administrator")
TABLE = """
| Kaart, fine            | R       | R              | own places   | R        | –        | –        |
| Kaart, coarse          | R       | R              | R            | R        | R        | –        |
| Export                 | R       | R              | –            | –        | –        | –        |
| Vooruitblik            | W       | R, W own areas | via plan     | R, pause | R coarse, pause | –        |
| Weekplan               | R       | W, A publish   | R own        | R        | R        | –        |
| Terugkoppeling         | R       | W              | W own        | R        | –        | –        |
| Evaluatie              | W       | R              | R team level | R        | R        | –        |
| Signalen               | R       | W              | melden       | R        | –        | –        |
| Gegevens: inlezen      | W       | –              | –            | R        | –        | –        |
| Gate rules, retention  | propose | –              | –            | A        | –        | run only |
| Publication            | propose | –              | –            | A        | A        | –        |
| Messages               | –       | –              | –            | R all, advise | A   | –        |
| Users, jobs, health    | –       | –              | –            | R log    | –        | W        |
"""
"""UX.md 4.4, with messages and the pause that every text promises the board; without the citizen, who never logs in.

Of export it says what that asks besides.
"""

FINE, COARSE = frozenset({May.DOTS_FINE}), frozenset({May.DOTS_COARSE})
MEANS: dict[tuple[str, str], frozenset[May]] = {
    ("Kaart, fine", "R"): FINE,
    ("Kaart, fine", "own places"): frozenset({May.PLAN_OWN}),  # through the plan, never the whole map
    ("Kaart, coarse", "R"): FINE | COARSE,  # one of these: who sees fine sees coarse
    ("Export", "R"): frozenset({May.DOTS_EXPORT}),
    ("Vooruitblik", "W"): frozenset({May.OUTLOOK_READ, May.OUTLOOK_CHANGE, May.OUTLOOK_RUN}),
    ("Vooruitblik", "R, W own areas"): frozenset({May.OUTLOOK_READ, May.OUTLOOK_OWN}),
    ("Vooruitblik", "via plan"): frozenset({May.PLAN_OWN}),
    ("Vooruitblik", "R, pause"): frozenset({May.OUTLOOK_READ, May.PAUSE}),
    ("Vooruitblik", "R coarse, pause"): frozenset({May.OUTLOOK_COARSE, May.PAUSE}),
    ("Weekplan", "R"): frozenset({May.PLAN_READ}),
    ("Weekplan", "W, A publish"): frozenset({May.PLAN_READ, May.PLAN_WRITE, May.PLAN_PUBLISH}),
    ("Weekplan", "R own"): frozenset({May.PLAN_OWN}),
    ("Terugkoppeling", "R"): frozenset({May.FEEDBACK_READ}),
    ("Terugkoppeling", "W"): frozenset({May.FEEDBACK_READ, May.FEEDBACK_WRITE}),
    ("Terugkoppeling", "W own"): frozenset({May.FEEDBACK_OWN}),
    ("Evaluatie", "W"): frozenset({May.LEARN_READ, May.LEARN_WRITE}),
    ("Evaluatie", "R"): frozenset({May.LEARN_READ}),
    ("Evaluatie", "R team level"): frozenset({May.LEARN_TEAM}),
    ("Signalen", "R"): frozenset({May.SIGNAL_READ}),
    ("Signalen", "W"): frozenset({May.SIGNAL_READ, May.SIGNAL_RAISE, May.SIGNAL_DECIDE}),
    ("Signalen", "melden"): frozenset({May.SIGNAL_RAISE}),
    ("Gegevens: inlezen", "W"): frozenset({May.DATA_READ, May.DATA_IMPORT}),
    ("Gegevens: inlezen", "R"): frozenset({May.DATA_READ}),
    ("Gate rules, retention", "propose"): frozenset({May.RULES_PROPOSE}),
    ("Gate rules, retention", "A"): frozenset({May.RULES_APPROVE}),
    ("Gate rules, retention", "run only"): frozenset({May.RETENTION_RUN}),
    ("Publication", "propose"): frozenset({May.PUBLICATION_PROPOSE}),
    ("Publication", "A"): frozenset({May.PUBLICATION_APPROVE}),
    ("Messages", "R all, advise"): frozenset({May.MESSAGE_READ, May.MESSAGE_QUESTIONS, May.MESSAGE_ANSWER}),
    ("Messages", "A"): frozenset({May.MESSAGE_READ, May.MESSAGE_ANSWER, May.MESSAGE_DECIDE}),
    ("Users, jobs, health", "R log"): frozenset({May.LOG_READ}),
    ("Users, jobs, health", "W"): frozenset({May.USERS_MANAGE, May.JOBS_MANAGE, May.HEALTH_READ}),
}
"""What each cell asks for."""

ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TABLE.strip().splitlines()]
CELLS = [(row[0], role, cell) for row in ROWS for role, cell in zip(COLUMNS, row[1:], strict=True)]


def of_row(name: str) -> frozenset[May]:
    """Everything that some cell of a row asks for, save what another row gives too."""
    mine = frozenset().union(*(held for (row, _), held in MEANS.items() if row == name))
    other = frozenset().union(*(held for (row, _), held in MEANS.items() if row != name))
    return mine - other


@pytest.mark.parametrize(("row", "role", "cell"), CELLS)
def test_each_cell(row: str, role: str, cell: str) -> None:
    held = ROLES[role][1]
    if cell == "–":
        assert not held & of_row(row)
    elif row == "Kaart, coarse":
        assert held & MEANS[row, cell]
    else:
        assert held >= MEANS[row, cell]
        assert held & of_row(row) <= MEANS[row, cell]


@pytest.mark.parametrize("role", COLUMNS)
def test_a_role_holds_nothing_outside_the_table(role: str) -> None:
    asked = frozenset().union(*(MEANS[row, cell] for row, one, cell in CELLS if one == role and cell != "–"))
    assert ROLES[role][1] <= asked


def test_the_table_has_each_role() -> None:
    assert set(COLUMNS) == set(ROLES)


def test_an_administrator_reads_no_place() -> None:
    assert not ROLES["administrator"][1] & READS_PLACES


def test_what_reads_places_is_named() -> None:
    """All that shows where something happened, or makes it, is kept from who manages users."""
    told_apart = {May.PAUSE, May.PLAN_PUBLISH, May.FEEDBACK_WRITE, May.FEEDBACK_OWN, May.SIGNAL_RAISE}
    places = {
        one
        for one in May
        if one.split(".")[0] in ("dots", "outlook", "plan", "feedback", "signal", "data", "message")
    }
    assert places - told_apart == READS_PLACES
