# SPDX-License-Identifier: EUPL-1.2
"""``stip signals``: what is known, what is decided on it before its date, and what a partner took on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from stip.cli.app import DryRunOption, JsonOption, WorkspaceOption
from stip.cli.moments import moment_of, past_moment_of
from stip.cli.show import say, say_json
from stip.cli.signals_show import plain, plain_report, show_report, show_signals
from stip.signals import (
    Answer,
    AnswerKind,
    NewSignal,
    SignalKind,
    Stream,
    TakenOn,
    answer_signal,
    area_name,
    check_answer,
    check_sent,
    check_signal,
    find_unvisited,
    goes_to_signalen,
    half_of,
    handover_text,
    raise_signal,
    record_sent,
    record_taken_on,
    report_of,
    send_to_signalen,
    signal_of,
    signals_of,
    unvisited,
)
from stip.space import shift_week, week_at
from stip.store import Workspace, own_now

app = typer.Typer(
    no_args_is_help=True, help="Signalen: wat is bekend, wat wordt ermee gedaan, en wie heeft het opgepakt?"
)

SignalArgument = Annotated[str, typer.Argument(help="Nummer van het signaal, zoals S-1a2b3c4d.", metavar="SIGNAAL")]
RoleOption = Annotated[str, typer.Option("--role", help="Uw rol, zoals coordinator. Nooit een naam.")]
AtOption = Annotated[
    str,
    typer.Option("--at", help="Wanneer, zoals 2026-09-09T14:30; anders nu. Tijd van de gemeente.", metavar="TIJD"),
]
WeekOption = Annotated[str, typer.Option("--week", help="De ISO-week, zoals 2026-W37.")]


@app.command(name="list")
def list_signals(
    workspace: WorkspaceOption = Path(),
    waiting: Annotated[
        bool, typer.Option("--open", help="Alleen wat nog wacht op een besluit of op versturen.")
    ] = False,
    at: AtOption = "",
    json: JsonOption = False,
) -> None:
    """Toon de signalen: eerst wat wacht, met de eerste datum bovenaan."""
    opened = Workspace.open(workspace)
    found = [one for one in signals_of(opened) if one.state.waits or not waiting]
    today = _today(opened, at)
    if json:
        say_json([plain(opened, one, today) for one in found])
    elif not found:
        say("Er zijn geen signalen.")
    else:
        show_signals(opened, found, today)


@app.command()
def find(
    workspace: WorkspaceOption = Path(),
    week: WeekOption = "",
    at: AtOption = "",
    json: JsonOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Zoek de bovenste vakken van een voorbije week waar niemand kwam: een signaal per wijk."""
    opened = Workspace.open(workspace)
    now = moment_of(at, opened.settings.town.time_zone)
    chosen = week or shift_week(week_at(now, opened.settings.town.time_zone), -1)
    if dry_run:
        would = [area_name(opened, one.area_code) for one in unvisited(opened, chosen, at=now)]
        if json:
            say_json({"week": chosen, "areas": would})
        else:
            say(f"In {chosen} kwam niemand in de bovenste vakken van: {', '.join(would) or 'geen enkele wijk'}.")
            say("Er is niets geschreven.")
        return
    found = find_unvisited(opened, chosen, at=now)
    new = sum(one.new for one in found)
    if json:
        say_json({"week": chosen, "found": len(found), "new": new, "signals": [one.signal_id for one in found]})
        return
    say(f"{chosen}: wijken met bovenste vakken zonder bezoek: {len(found)}, waarvan nieuw in de lijst: {new}.")


@app.command(name="raise")
def raise_one(
    kind: Annotated[str, typer.Option(help=f"Soort: {', '.join(SignalKind)}.")],
    category: Annotated[str, typer.Option(help="Wat er is, zoals lamp; de regels in stip.toml noemen ze.")],
    role: RoleOption,
    workspace: WorkspaceOption = Path(),
    week: WeekOption = "",
    cells: Annotated[list[str] | None, typer.Option("--cell", help="Een vak. Mag vaker; nooit bij hulp.")] = None,
    area: Annotated[str, typer.Option("--area", help="Code van de buurt, zoals BU03630101.")] = "",
    stream: Annotated[str, typer.Option(help=f"Herkomst: {', '.join(Stream)}.")] = Stream.DESK,
    at: AtOption = "",
    json: JsonOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Leg vast dat iets bekend is. Geen namen, geen adressen; bij hulp alleen de buurt."""
    opened = Workspace.open(workspace)
    now = past_moment_of(at, opened.settings.town.time_zone)
    new = NewSignal(
        kind=kind,
        category=category,
        week=week or week_at(now, opened.settings.town.time_zone),
        role=role,
        stream=stream,
        cells=tuple(opened.grid.cell_named(name) for name in cells or ()),
        area_code=area,
    )
    if dry_run:
        check_signal(opened, new)
        if json:
            say_json({"signal_id": None})
        else:
            say("Dit kan worden vastgelegd. Er is niets geschreven.")
        return
    raised = raise_signal(opened, new, at=now)
    known = signal_of(opened, raised.signal_id)
    if json:
        say_json({"signal_id": raised.signal_id, "new": raised.new, "due_on": known.due_on})
        return
    said = "is vastgelegd" if raised.new else "stond al in de lijst; er is niets toegevoegd"
    say(f"Signaal {known.mark} {said}. Besluit uiterlijk op {known.due_on:%d-%m-%Y}.")


@app.command()
def answer(
    signal: SignalArgument,
    decision: Annotated[str, typer.Option(help=f"Het besluit: {', '.join(AnswerKind)}.")],
    role: RoleOption,
    workspace: WorkspaceOption = Path(),
    partner: Annotated[str, typer.Option(help="Aan wie, bij hand_over; de regels noemen wie kan.")] = "",
    share: Annotated[
        list[str] | None, typer.Option("--share", help="Wat de partner weet: category, week, area, place. Mag vaker.")
    ] = None,
    reason: Annotated[str, typer.Option(help="Waarom, in één zin zonder namen; verplicht bij let_be.")] = "",
    at: AtOption = "",
    json: JsonOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Besluit over een signaal: handelen, overdragen, of niet handelen met een reden."""
    opened = Workspace.open(workspace)
    known = signal_of(opened, signal)
    asked = Answer(known.signal_id, decision, role, partner, tuple(share or ()), reason)
    if dry_run:
        check_answer(opened, asked)
        if json:
            say_json({"answer_id": None})
        else:
            say("Dit besluit kan worden vastgelegd. Er is niets geschreven.")
        return
    answer_id = answer_signal(opened, asked, at=past_moment_of(at, opened.settings.town.time_zone))
    now = signal_of(opened, known.signal_id)
    if json:
        say_json({"answer_id": answer_id, "state": now.state})
        return
    say(f"Signaal {now.mark}: {now.state.label}.")
    if decision == AnswerKind.HAND_OVER:
        say(f"Verstuur het nog: stip signals send {now.mark} --role {role}")


@app.command()
def send(
    signal: SignalArgument,
    role: RoleOption,
    workspace: WorkspaceOption = Path(),
    done: Annotated[bool, typer.Option("--sent", help="U hebt de tekst zelf verstuurd; leg dat vast.")] = False,
    receipt: Annotated[str, typer.Option(help="Nummer van de melding bij de partner.")] = "",
    json: JsonOption = False,
) -> None:
    """Draag over: naar Signalen waar dat kan, en anders met een tekst om te kopiëren en te versturen."""
    opened = Workspace.open(workspace)
    known = signal_of(opened, signal)
    way = "signalen" if goes_to_signalen(opened, known.partner) and not done else "form"
    check_sent(opened, known.signal_id, by=way, receipt=receipt, role=role)
    if way == "form" and not done:
        subject, text = handover_text(opened, known, known.partner, known.shared_what)
        if json:
            say_json({"subject": subject, "text": text})
            return
        say(f"Onderwerp: {subject}\n\n{text}\n")
        say(f"Verstuurd? Leg dat vast: stip signals send {known.mark} --sent --role {role}")
        return
    number = send_to_signalen(opened, known) if way == "signalen" else receipt
    record_sent(opened, known.signal_id, by=way, role=role, receipt=number, at=datetime.now(UTC))
    if json:
        say_json({"sent_by": way, "receipt": number})
        return
    say(f"Signaal {known.mark} is overgedragen.{f' Nummer bij de partner: {number}.' if number else ''}")


@app.command(name="taken-on")
def taken_on(
    signal: SignalArgument,
    said: Annotated[str, typer.Option(help=f"Wat de partner zei: {', '.join(TakenOn)}.")],
    role: RoleOption,
    workspace: WorkspaceOption = Path(),
    reason: Annotated[str, typer.Option(help="Toelichting in één zin, zonder namen.")] = "",
    at: AtOption = "",
    json: JsonOption = False,
) -> None:
    """Leg vast of de partner het signaal op zich neemt. Bij ‘no’ staat het weer open, met een nieuwe termijn."""
    opened = Workspace.open(workspace)
    known = signal_of(opened, signal)
    moment = past_moment_of(at, opened.settings.town.time_zone)
    record_taken_on(opened, known.signal_id, said, role=role, at=moment, reason=reason)
    now = signal_of(opened, known.signal_id)
    if json:
        say_json({"state": now.state, "due_on": now.due_on})
    else:
        say(f"Signaal {now.mark}: {now.state.label}.")


@app.command()
def report(
    workspace: WorkspaceOption = Path(),
    half: Annotated[str, typer.Option(help="Het half jaar, zoals 2026-1; anders dit.")] = "",
    whole: Annotated[
        bool, typer.Option("--whole", help="Toon ook bij hulp de juiste aantallen; niet om te delen.")
    ] = False,
    at: AtOption = "",
    json: JsonOption = False,
) -> None:
    """Tel per half jaar: bekend en gehandeld, overgedragen, niet gehandeld met redenen, en te laat."""
    opened = Workspace.open(workspace)
    today = _today(opened, at)
    found = report_of(opened, half or half_of(today), on=today, coarse=() if whole else (SignalKind.HELP,))
    if json:
        say_json(plain_report(found))
    else:
        show_report(found)


def _today(workspace: Workspace, at: str) -> date:
    """Give the day in the town at a moment that was typed; of the sample town without one that of its own week."""
    zone = workspace.settings.town.time_zone
    moment = moment_of(at, zone) if at else own_now(workspace)
    return moment.astimezone(ZoneInfo(zone)).date()
