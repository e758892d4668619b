# SPDX-License-Identifier: EUPL-1.2
"""``stip agreements``: what may be used, whether that is in order, what is destroyed, and the keys."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from stip.agreements import (
    Agreement,
    KeyRing,
    Kind,
    Role,
    Weight,
    agreements_of,
    check_keys,
    load_agreement,
    reports_by_key,
    retention,
    review,
)
from stip.cli.agreements_may import add_to as add_may_to
from stip.cli.agreements_pause import add_to as add_pause_to
from stip.cli.app import DryRunOption, JsonOption, WorkspaceOption
from stip.cli.show import number, say, say_json, table, warn
from stip.errors import AgreementError
from stip.store import Workspace, day_in_town, own_now

app = typer.Typer(no_args_is_help=True, help="Afspraken: wat mag van elke bron, waarvoor en hoe lang.")
keys_app = typer.Typer(help="De sleutels waarmee nummers van de politie onherkenbaar worden.")
app.add_typer(keys_app, name="keys")
add_pause_to(app)
add_may_to(app)

OnOption = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="Doe alsof het deze dag is, zoals 2026-11-23.")
]

KINDS = {
    Kind.INCIDENTS: "meldingen",
    Kind.LAYER: "kaartlaag",
    Kind.AREAS: "gebieden",
    Kind.ADDRESSES: "adressen",
    Kind.COUNTS: "aantallen",
}
ROLES = {
    Role.INCIDENT_ID: "nummer; wordt onherkenbaar gemaakt",
    Role.CRIME_CODE: "soort melding",
    Role.FROM_AT: "begin van het tijdvak",
    Role.TO_AT: "einde van het tijdvak",
    Role.REPORTED_AT: "wanneer de politie het wist",
    Role.X: "plek, oost-west; wordt grover gemaakt",
    Role.Y: "plek, noord-zuid; wordt grover gemaakt",
    Role.STREET: "straat; alleen om een punt te vinden",
    Role.HOUSE_NUMBER: "huisnummer; alleen om een punt te vinden",
    Role.POSTCODE: "postcode; alleen om een punt te vinden",
    Role.PLACE_NAME: "plaats; alleen om een punt te vinden",
    Role.FEATURE_ID: "nummer van het ding op de kaart",
    Role.GEOMETRY: "plek of grens op de kaart",
    Role.VALUE: "getal",
    Role.CATEGORY: "soort ding",
    Role.OBSERVED_ON: "dag van waarneming",
    Role.AREA_CODE: "code van de buurt",
    Role.AREA_NAME: "naam van de buurt",
    Role.DISTRICT_CODE: "code van de wijk",
    Role.DISTRICT_NAME: "naam van de wijk",
    Role.PERIOD: "jaar of maand",
    Role.COUNT: "aantal",
}


def _day(workspace: Workspace, on: datetime | None) -> date:
    return on.date() if on else day_in_town(workspace, datetime.now(UTC))


@app.command("list")
def list_(workspace: WorkspaceOption = Path(), json: JsonOption = False) -> None:
    """Toon alle afspraken."""
    found = agreements_of(Workspace.open(workspace))
    if json:
        say_json([agreement.model_dump(mode="json") for agreement in found.values()])
        return
    table(
        ("bron", "wat", "geldig t/m", "maanden", "meter"),
        [
            (
                agreement.source,
                agreement.title,
                f"{agreement.valid_until:%d-%m-%Y}",
                f"{agreement.retention_months:g}",
                number(agreement.precision_m) if agreement.precision_m else "–",
            )
            for agreement in found.values()
        ],
        right=(3, 4),
    )
    say("Maanden: zo lang blijven meldingen. Meter: zo fijn is de plek van een melding.")
    say("Lees er een met ‘stip agreements show BRON’, kijk ze na met ‘stip agreements check’.")


@app.command()
def show(
    source: Annotated[str, typer.Argument(help="Naam van de bron, zoals bvh.")],
    workspace: WorkspaceOption = Path(),
    json: JsonOption = False,
) -> None:
    """Toon één afspraak in gewone woorden."""
    agreement = load_agreement(Workspace.open(workspace), source)
    if json:
        say_json(agreement.model_dump(mode="json"))
        return
    say(f"{agreement.title} ({agreement.source})")
    for label, answer in _facts(agreement):
        say(f"  {label:<18}{answer}")
    table(
        ("wat binnenkomt", "betekenis", "heet ook"),
        [(heading, ROLES[column.role], ", ".join(column.names)) for heading, column in agreement.columns.items()],
    )
    if agreement.why_refused:
        table(("wat vaak meekomt en wordt geweigerd", "waarom"), list(agreement.why_refused.items()))
    say("Elke andere kolom wordt ook geweigerd.")


def _facts(agreement: Agreement) -> list[tuple[str, str]]:
    facts = [
        ("soort", KINDS[agreement.kind]),
        ("mag voor", ", ".join(agreement.purposes)),
        ("grondslag", agreement.legal_basis or "nog niet ingevuld"),
        ("verantwoordelijk", agreement.controller or "nog niet ingevuld"),
        ("DPIA", agreement.dpia or "nog niet ingevuld"),
        ("geldig", f"{agreement.valid_from:%d-%m-%Y} tot en met {agreement.valid_until:%d-%m-%Y}"),
        ("bewaren", f"{agreement.retention_months:g} maanden"),
    ]
    if agreement.precision_m:
        facts.append(("precisie", f"het midden van vierkanten van {agreement.precision_m} meter"))
    return facts


@app.command()
def check(workspace: WorkspaceOption = Path(), on: OnOption = None, json: JsonOption = False) -> None:
    """Kijk alle afspraken na: wat klopt niet, wat moet nog worden geregeld."""
    opened = Workspace.open(workspace)
    remarks = review(opened, on=_day(opened, on))
    faults = sum(remark.weight is Weight.FAULT for remark in remarks)
    still_open = sum(remark.weight is Weight.OPEN for remark in remarks)
    if json:
        say_json([{"source": r.source, "weight": r.weight.name.lower(), "what": r.what} for r in remarks])
    else:
        for weight in Weight:
            same: dict[str, list[str]] = {}
            for remark in remarks:
                if remark.weight is weight:
                    same.setdefault(remark.what, []).append(remark.source or "de werkmap")
            for what, sources in same.items():
                say(f"{weight.value.upper():<7} {', '.join(sources)}")
                say(f"        {what}")
        say(f"{faults} fout, {still_open} nog te regelen.")
    if faults:
        raise typer.Exit(1)


@app.command("retention")
def retention_(
    workspace: WorkspaceOption = Path(), dry_run: DryRunOption = False, on: OnOption = None, json: JsonOption = False
) -> None:
    """Vernietig meldingen waarvan de afgesproken tijd voorbij is."""
    opened = Workspace.open(workspace)
    zone = opened.settings.town.time_zone
    day = on.date() if on else day_in_town(opened, own_now(opened))
    rows = retention(opened, on=day, dry_run=dry_run)
    if json:
        say_json(rows.assign(on=day.isoformat()).to_dict("records"))
    elif rows.empty:
        say("De werkmap heeft nog geen meldingen. Er is niets te vernietigen.")
    else:
        by_source = rows.groupby("source").agg(
            batches=("batch_id", "size"),
            destroyed=("destroyed", "sum"),
            kept=("kept", "sum"),
            oldest=("oldest", "min"),
            limit=("limit", "min"),
        )
        table(
            ("bron", "leveringen", "vernietigd" if not dry_run else "te vernietigen", "blijft", "oudste", "grens"),
            [
                (
                    str(source),
                    number(row.batches),
                    number(row.destroyed),
                    number(row.kept),
                    _local(row.oldest, zone),
                    _local(row.limit, zone),
                )
                for source, row in by_source.iterrows()
            ],
            right=(1, 2, 3),
        )
        total = int(rows["destroyed"].sum())
        say(f"Er {_verb(total, dry_run)} {_reports(total)} {'worden ' if dry_run else ''}vernietigd.")
    stray = sorted(rows.loc[~rows["agreed"].astype(bool), "source"].unique())
    if stray:
        warn(f"Zonder afspraak, en dus niet opgeruimd: {', '.join(stray)}.")
        warn("Maak een afspraak, of haal deze leveringen terug.")
        raise typer.Exit(1)


def _verb(total: int, dry_run: bool) -> str:
    if dry_run:
        return "zou" if total == 1 else "zouden"
    return "is" if total == 1 else "zijn"


def _reports(total: int) -> str:
    return "1 melding" if total == 1 else f"{number(total)} meldingen"


def _dutch(moment: str) -> str:
    return f"{datetime.fromisoformat(moment):%d-%m-%Y}"


def _local(moment: pd.Timestamp, zone: str) -> str:
    return "–" if pd.isna(moment) else f"{moment.tz_convert(zone):%d-%m-%Y}"


@keys_app.callback(invoke_without_command=True)
def keys(context: typer.Context, workspace: WorkspaceOption = Path(), json: JsonOption = False) -> None:
    """Toon de sleutels en hoeveel meldingen elk heeft genummerd; nooit de sleutel zelf."""
    if context.invoked_subcommand:
        return
    opened = Workspace.open(workspace)
    ring = KeyRing.of(opened)
    _show_keys(opened, ring, json=json)
    check_keys(opened, ring)


@keys_app.command()
def rotate(workspace: WorkspaceOption = Path(), json: JsonOption = False) -> None:
    """Maak een nieuwe sleutel; oude blijven bekende meldingen herkennen."""
    opened = Workspace.open(workspace)
    ring = KeyRing.of(opened)
    check_keys(opened, ring)
    _show_keys(opened, ring.rotate(), json=json)


@keys_app.command()
def retire(
    key: Annotated[str, typer.Argument(help="Naam van de sleutel, vier tekens; zie ‘stip agreements keys’.")],
    workspace: WorkspaceOption = Path(),
    anyway: Annotated[bool, typer.Option("--anyway", help="Ook als er nog meldingen van deze sleutel zijn.")] = False,
    json: JsonOption = False,
) -> None:
    """Vernietig een oude sleutel."""
    opened = Workspace.open(workspace)
    held = reports_by_key(opened).get(key, 0)
    if held and not anyway:
        raise AgreementError(
            f"Sleutel {key} heeft nog {_reports(held)} genummerd. Zonder die sleutel wordt zo’n melding bij een "
            "volgende levering niet herkend en dubbel geteld. Wacht tot er geen meer zijn, of geef --anyway."
        )
    _show_keys(opened, KeyRing.of(opened).retire(key), json=json)


def _show_keys(workspace: Workspace, ring: KeyRing, *, json: bool) -> None:
    held = reports_by_key(workspace)
    if json:
        answer = [
            {
                "key_id": key.key_id,
                "made_at": key.made_at,
                "active": key == ring.active,
                "reports": held.get(key.key_id, 0),
            }
            for key in ring.keys
        ]
        say_json({"path": str(ring.path), "keys": answer})
        return
    table(
        ("sleutel", "gemaakt op", "in gebruik", "meldingen"),
        [
            (key.key_id, _dutch(key.made_at), "ja" if key == ring.active else "nee", number(held.get(key.key_id, 0)))
            for key in ring.keys
        ],
        right=(3,),
    )
    say(f"De sleutels liggen in {ring.path}.")
    say("Bewaar een kopie in een kluis, nooit bij een reservekopie van de werkmap.")
