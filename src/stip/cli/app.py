# SPDX-License-Identifier: EUPL-1.2
"""The command: ``stip NOUN VERB``. Answers on stdout, progress on stderr, exit 0, 1 (data) or 2 (usage)."""

from __future__ import annotations

import errno
import logging
import os
import sys
import traceback
import warnings
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer

from stip import __version__
from stip.cli.dutch import fault_in_dutch
from stip.cli.nouns import LazyNouns
from stip.cli.show import console_err
from stip.errors import OnHold, StipError
from stip.words import visible

_UsageError: Any = typer.BadParameter.__mro__[1]  # Typer shows its base of all usage errors under no name of its own

app = typer.Typer(
    cls=LazyNouns,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Stip: van het weekbestand met meldingen naar een stippenkaart, een vooruitblik en een weekplan.",
)


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Toon het versienummer.")] = False) -> None:
    if version:
        typer.echo(f"stip {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command; a refusal ends in its sentence and exit 1, never a traceback."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(message)s")
    warnings.simplefilter("ignore")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without é shows ? and does not stop halfway
    try:
        ended = app(standalone_mode=False)
        sys.exit(ended if isinstance(ended, int) else 0)
    except _UsageError as error:
        _tell_usage(error)
        sys.exit(2)
    except typer.Abort:
        console_err.print("Gestopt. Er is niets half opgeslagen.", highlight=False)
        sys.exit(1)
    except StipError as error:
        switch = f" Doe dat met ‘stip agreements resume {error.what}’." if isinstance(error, OnHold) else ""
        console_err.print(
            f"Dit kan niet: {_lines(str(error) + switch)}",
            style="bold",
            markup=False,
            soft_wrap=not console_err.is_terminal,
        )
        sys.exit(1)
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            _drop_answer()
            console_err.print("Dit kan niet: de schijf is vol. Maak ruimte en probeer het opnieuw.", style="bold")
            sys.exit(1)
        # The last door: a traceback would show values of the file that is being read. Only where and what kind.
        if os.environ.get("STIP_TRACEBACK"):
            raise
        console_err.print(
            f"Dit is een fout in Stip zelf: {type(error).__name__} in {_where(error)}. Er is niets half opgeslagen. "
            "Meld het aan de makers, met deze regel erbij.",
            style="bold",
            markup=False,
            soft_wrap=not console_err.is_terminal,
        )
        sys.exit(1)
    except KeyboardInterrupt:
        console_err.print("Gestopt. Er is niets half opgeslagen.", highlight=False)
        sys.exit(1)


def _tell_usage(error: Any) -> None:
    """Say what is wrong with the command line, and where help is; a bare noun gets its help."""
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error.format_message(), file=sys.stderr)  # noqa: T201  help keeps its own lines
        return
    fault = _lines(fault_in_dutch(error.format_message()))
    console_err.print(f"Dit kan niet: {fault}", style="bold", markup=False, soft_wrap=not console_err.is_terminal)
    where = f"{error.ctx.command_path} --help" if error.ctx is not None else "zet --help achter de opdracht"
    console_err.print(f"Uitleg: {where}", markup=False, soft_wrap=True)


def _lines(text: str) -> str:
    """Return a message in which nothing steers the terminal but the ends of its own lines."""
    return "\n".join(map(visible, text.split("\n")))


def _drop_answer() -> None:
    """Drop what is left of an answer that cannot be written, or Python tries once more at its end."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _where(error: BaseException) -> str:
    """Return the file and line of Stip in which an error arose; no word of its message."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if f"{os.sep}stip{os.sep}" in frame.filename]
    last = (ours or frames)[-1]
    return f"{Path(last.filename).parent.name}/{Path(last.filename).name}, regel {last.lineno}"


WorkspaceOption = Annotated[
    Path,
    typer.Option("--workspace", "-w", envvar="STIP_WORKSPACE", help="De werkmap; anders de map waarin u staat."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Antwoord als JSON, voor andere programma's.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Laat zien wat er zou gebeuren; schrijf niets.")]
