# SPDX-License-Identifier: EUPL-1.2
"""``stip intake``: read files, show and undo deliveries, export."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from typer.core import TyperGroup

from stip.agreements import AddressResolver, load_agreement
from stip.cli import intake_open
from stip.cli.app import DryRunOption, JsonOption, WorkspaceOption
from stip.cli.intake_show import show_report
from stip.cli.moments import moment_of
from stip.cli.show import console_err, number, say, say_json, table
from stip.errors import FileError, TooManyRefused, WorkspaceError
from stip.intake import IntakeReport, export_incidents, read_incident_file, shown_name, undo, write_refused_rows
from stip.store import Workspace, batches

_LONG_BYTES = 5_000_000


class _FileFirst(TyperGroup):
    """Lets people leave out ``file``: ``stip intake week.csv --agreement bvh``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and not args[0].startswith("-") and args[0] not in self.commands and Path(args[0]).suffix:
            args = ["file", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_FileFirst,
    no_args_is_help=True,
    help="Inlezen en nakijken: bestanden met meldingen, open data, kaartlagen en gebieden.",
)


@app.command("file")
def file(
    path: Annotated[Path, typer.Argument(help="CSV, XLSX, Parquet, GeoJSON, GeoPackage of Shapefile.")],
    agreement: Annotated[
        str, typer.Option("--agreement", "-a", help="De afspraak waaronder het bestand komt, zoals bvh.")
    ],
    workspace: WorkspaceOption = Path(),
    received: Annotated[
        str, typer.Option(help="Wanneer het bestand binnenkwam, zoals 2026-09-07 of 2026-09-07T08:30; anders nu.")
    ] = "",
    accept_refused: Annotated[
        bool, typer.Option("--accept-refused", help="Lees door, ook als er te veel rijen geweigerd worden.")
    ] = False,
    refused: Annotated[
        Path | None,
        typer.Option(help="Schrijf nummer en reden van elke geweigerde rij naar dit .csv- of .xlsx-bestand."),
    ] = None,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """Lees een bestand met meldingen in."""
    place = Workspace.open(workspace)
    moment = moment_of(received, place.settings.town.time_zone)
    if refused is not None and refused.suffix.lower() not in {".csv", ".xlsx"}:
        raise FileError(f"{refused.name} eindigt niet op .csv of .xlsx. Kies een van die twee.")
    try:
        with _progress(path, json=json) as progress:
            report = read_incident_file(
                place,
                path,
                agreement,
                received_at=moment,
                accept_refused=accept_refused,
                addresses=_addresses(place, agreement),
                progress=progress,
                dry_run=dry_run,
            )
    except TooManyRefused as error:
        if isinstance(error.report, IntakeReport):
            _tell(place, error.report, refused, json=json, stopped=True)
        raise
    _tell(place, report, refused, json=json, stopped=False)


@app.command("batches")
def show_batches(workspace: WorkspaceOption = Path(), json: JsonOption = False) -> None:
    """Toon de leveringen die in de werkmap zijn."""
    place = Workspace.open(workspace)
    held = batches(place)
    if json:
        say_json(held)
        return
    if not held:
        say("Er zijn nog geen leveringen. Lees er een in met: stip intake file BESTAND --agreement bvh")
        return
    zone = ZoneInfo(place.settings.town.time_zone)
    rows = []
    for manifest in held:
        try:
            received = datetime.fromisoformat(str(manifest.get("received_at"))).astimezone(zone)
        except ValueError:
            raise WorkspaceError(
                f"In batch.json van levering {manifest['batch_id']} staat niet wanneer zij kwam. Zet het terug uit "
                "een reservekopie; ‘stip doctor’ zegt wat er nog meer stuk is."
            ) from None
        period = manifest.get("period")
        rows.append(
            (
                str(manifest["batch_id"]),
                str(manifest.get("source", "")),
                f"{received:%d-%m-%Y %H:%M}",
                " – ".join(f"{datetime.fromisoformat(edge):%d-%m-%Y}" for edge in period) if period else "",
                number(int(manifest.get("incidents", 0))),
                number(int(manifest.get("corrected", 0))),
                str(manifest.get("file", "")),
            )
        )
    table(
        ("levering", "afspraak", "ontvangen", "meldingen van", "opgeslagen", "verbeterd", "bestand"),
        rows,
        right=(4, 5),
    )


@app.command("undo")
def undo_delivery(
    batch: Annotated[str, typer.Argument(help="Nummer van de levering; ‘stip intake batches’ toont ze.")],
    reason: Annotated[str, typer.Option(help="Waarom, in hooguit 140 tekens; dit wordt bewaard.")],
    workspace: WorkspaceOption = Path(),
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """Draai één levering terug."""
    place = Workspace.open(workspace)
    if dry_run:
        manifest = next((held for held in batches(place) if held["batch_id"] == batch), None)
        if manifest is None:
            raise FileError(f"Er is geen levering ‘{batch}’. ‘stip intake batches’ toont ze.")
    else:
        manifest = undo(place, batch, reason=reason)
    if json:
        say_json(manifest | {"dry_run": dry_run})
        return
    held = number(int(manifest.get("incidents", 0)))
    if dry_run:
        say(f"Levering {batch} zou worden teruggedraaid: {held} meldingen. Er is niets veranderd.")
    else:
        say(f"Levering {batch} is teruggedraaid: {held} meldingen. Wat zij had verbeterd, is weer als daarvoor.")


@app.command("export")
def export(
    to: Annotated[Path, typer.Option("--to", help="Het .xlsx-bestand dat gemaakt wordt.")],
    workspace: WorkspaceOption = Path(),
    crime_type: Annotated[list[str] | None, typer.Option(help="Alleen deze soort; mag vaker.")] = None,
    first: Annotated[str, typer.Option("--from", help="Vanaf deze dag, zoals 2026-01-01.")] = "",
    until: Annotated[str, typer.Option("--until", help="Tot en met deze dag.")] = "",
    json: JsonOption = False,
) -> None:
    """Schrijf de meldingen naar een rekenblad (XLSX), zo fijn als is afgesproken."""
    place = Workspace.open(workspace)
    zone = place.settings.town.time_zone
    written = export_incidents(
        place,
        to,
        crime_types=tuple(crime_type or ()),
        from_at=moment_of(first, zone) if first else None,
        to_at=moment_of(until, zone, days_later=1) if until else None,
    )
    if json:
        say_json({"file": str(to), "incidents": written})
    else:
        say(f"{number(written)} meldingen staan in {to}. Het bestand is voor de werkplek: deel het niet verder.")


def _tell(workspace: Workspace, report: IntakeReport, refused: Path | None, *, json: bool, stopped: bool) -> None:
    written = write_refused_rows(report, refused) if refused is not None else None
    if json:
        say_json(report.to_dict() | {"stopped": stopped, "refused_file": str(refused) if refused else None})
        return
    labels = {key: kind.label for key, kind in workspace.settings.crime_types.items()}
    show_report(report, labels, stopped=stopped)
    if written is not None:
        say(f"Nummer en reden van {number(written)} geweigerde rijen staan in {refused}.")


def _addresses(workspace: Workspace, source: str) -> AddressResolver | None:
    """Return the table of addresses when the agreement has addresses and the workspace has the table."""
    agreement = load_agreement(workspace, source)
    if not agreement.has_addresses:
        return None
    from stip.link import address_book  # seconds to load, and most sources have points

    return address_book(workspace, agreement)


@contextmanager
def _progress(path: Path, *, json: bool) -> Iterator[Callable[[float], None] | None]:
    """Show a bar beside the answer for a long file."""
    if json or not path.is_file() or path.stat().st_size < _LONG_BYTES:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console_err, transient=True) as bar:
        task = bar.add_task(f"Inlezen van {shown_name(path)}", total=1.0)
        yield lambda done: bar.update(task, completed=done)


intake_open.add_to(app)
