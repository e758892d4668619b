# SPDX-License-Identifier: EUPL-1.2
"""How the commands for open data ask, wait, store and tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx

from stip.cli.show import console_err, number, say, say_json, table
from stip.errors import ServiceError, TooManyRefused
from stip.intake import OpenDataReport, RuleCount, ServiceClient
from stip.store import Workspace

_MOST_COLUMNS = 12


def client_for(workspace: Workspace, url: str, *, allow_private: bool) -> ServiceClient:
    """Return a client; with ``allow_private`` the host of this address may be on the own network, no other."""
    try:
        host = httpx.URL(url).host
    except httpx.InvalidURL:
        raise ServiceError("Dit is geen webadres. Een dienst heeft een adres dat begint met https://.") from None
    return ServiceClient(workspace.settings.intake.service, allow_private=(host,) if allow_private else ())


@contextmanager
def waiting(what: str, *, json: bool) -> Iterator[None]:
    """Show beside the answer that a service is being asked."""
    if json:
        yield
        return
    with console_err.status(f"{what} …"):
        yield


def finish(report: OpenDataReport, store: Callable[[], object], *, limit: float, dry_run: bool, json: bool) -> None:
    """Store what was read unless that may not be, and tell what became of it.

    Raises
    ------
    TooManyRefused
        When too many rows are refused; the report has been shown then.
    """
    stopped: TooManyRefused | None = None
    try:
        report.check_limit(limit) if dry_run else store()  # a rehearsal stops where the real thing would
    except TooManyRefused as error:
        stopped = error
    if json:
        say_json(report.to_dict() | {"dry_run": dry_run, "stopped": stopped is not None})
    else:
        _show(report, dry_run=dry_run, stopped=stopped is not None)
    if stopped is not None:
        raise stopped


def _show(report: OpenDataReport, *, dry_run: bool, stopped: bool) -> None:
    came_in = number(report.accepted + report.repaired)
    what = report.what[:1].upper() + report.what[1:]
    if stopped:
        say(f"{what}: niet opgeslagen. Dit is wat er gevonden is.")
    else:
        done = "zou worden opgeslagen; er is niets geschreven" if dry_run else "is opgeslagen"
        say(f"{what}: {came_in} van de {number(report.rows)} rijen. Dit {done}.")
    say(f"  goed {number(report.accepted)}, hersteld {number(report.repaired)}, geweigerd {number(report.refused)}")
    _rules("Geweigerd", report.refused_rules)
    _rules("Hersteld", report.repaired_rules)
    if report.refused_columns:
        table(
            ("kolom die niet binnenkomt", "waarom"),
            [(column.heading, column.why) for column in report.refused_columns[:_MOST_COLUMNS]],
        )
        rest = len(report.refused_columns) - _MOST_COLUMNS
        if rest > 0:
            say(f"En nog {number(rest)} kolommen; --json noemt ze alle.")
        say(f"Is er een toch nodig en mag dat? Geef haar dan een rol in agreements/{report.source}.toml.")
    for note in report.notes:
        say(f"  {note}")


def _rules(heading: str, counts: tuple[RuleCount, ...]) -> None:
    if counts:
        rows = [
            (count.rule.what, number(count.rows), ", ".join(str(row) for row in count.first_rows), count.rule.advice)
            for count in counts
        ]
        table((heading, "rijen", "eerste", ""), rows, right=(1,))
