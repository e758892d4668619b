# SPDX-License-Identifier: EUPL-1.2
"""``stip publish register``: the registers from one card."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stip.cli.app import DryRunOption, JsonOption, WorkspaceOption
from stip.cli.moments import moment_of
from stip.cli.show import say, say_json, table, warn
from stip.errors import SettingsError
from stip.publish import APPROVE_ROLES
from stip.publish.register import (
    Register,
    card_path,
    drafts_folder,
    let_out,
    make_register,
    write_drafts,
    write_empty_card,
)
from stip.store import Workspace

AtOption = Annotated[
    str,
    typer.Option("--at", help="Wanneer, zoals 2026-09-09T14:30; anders nu. Tijd van de gemeente.", metavar="TIJD"),
]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("register")(register)


def register(
    workspace: WorkspaceOption = Path(),
    role: Annotated[
        str,
        typer.Option("--role", help=f"Maak openbaar, met uw rol: {', '.join(APPROVE_ROLES)}. Nooit een naam."),
    ] = "",
    reason: Annotated[
        str, typer.Option("--reason", help="Bij --role: waarom, in één zin en zonder namen (140 tekens).")
    ] = "",
    facts: Annotated[bool, typer.Option("--facts", help="Toon wat u in card.toml bij naam kunt noemen.")] = False,
    at: AtOption = "",
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """Maak uit card.toml: Algoritmeregister, modelkaart, DPIA, IAMA en de openbare uitleg.

    Zonder --role komen zij als opzet in output/register. Met --role fg --reason … gaan het register, de modelkaart en
    de uitleg ook naar published/register, en zijn dan openbaar. DPIA en IAMA blijven op de werkplek.
    """
    if bool(role) != bool(reason):
        raise SettingsError("--role en --reason horen bij elkaar: wie maakt het openbaar, en waarom?")
    opened = Workspace.open(workspace)
    if not card_path(opened).exists():
        _no_card(opened, dry_run=dry_run, json=json)
        return
    moment = moment_of(at, opened.settings.town.time_zone)
    made = make_register(opened, at=moment)
    if facts:
        _show_facts(made, json=json)
        return
    written: list[Path] = []
    if not dry_run:
        written = write_drafts(opened, made)
        if role:
            written.append(let_out(opened, made, role=role, reason=reason, at=moment))
    if json:
        say_json(
            {
                "entry": made.entry.model_dump(mode="json"),
                "runs": made.runs,
                "open_questions": {each.name: len(each.questions) for each in made.documents},
                "cautions": list(made.facts.cautions),
                "written": [str(path.relative_to(opened.root)) for path in written],
                "published": bool(role) and not dry_run,
            }
        )
        return
    _show(opened, made, written, public=bool(role), dry_run=dry_run)


def _no_card(workspace: Workspace, *, dry_run: bool, json: bool) -> None:
    path = card_path(workspace)
    if not dry_run:
        write_empty_card(workspace)
    if json:
        say_json({"card": str(path), "written": [] if dry_run else [path.name], "published": False})
    elif dry_run:
        say(f"Er is nog geen {path.name}. Zonder --dry-run komt er een klaar te staan om in te vullen.")
    else:
        say(f"{path} staat klaar. Vul haar in en doe dan weer ‘stip publish register’.")


def _show_facts(made: Register, *, json: bool) -> None:
    named = made.facts.named.values()
    if json:
        say_json([fact.figure for fact in named])
    else:
        table(("Naam", "Waarde", "Herkomst"), [(f"{{{fact.name}}}", fact.text, fact.origin) for fact in named])


def _show(workspace: Workspace, made: Register, written: list[Path], *, public: bool, dry_run: bool) -> None:
    entry = made.entry
    lengths = [(name, len(text)) for name, text in entry.model_dump(mode="json").items() if isinstance(text, str)]
    table(("Veld", "Tekens"), [(name, str(length)) for name, length in lengths if length], right=(1,))
    for document in made.documents:
        say(f"{document.name.upper()}: {len(document.questions)} open vragen.")
    for caution in made.facts.cautions:
        warn(caution)
    if dry_run:
        say("Niets geschreven.")
        return
    say(
        f"{len(written)} bestanden staan in {drafts_folder(workspace)}."
        if not public
        else f"Openbaar: {written[-1]}."
    )
    if not public:
        say("Openbaar maken: stip publish register --role fg --reason …")
