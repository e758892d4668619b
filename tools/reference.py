# SPDX-License-Identifier: EUPL-1.2
"""Write docs/reference/ from the code: every setting, every role of a column, every command, every table."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from inspect import cleandoc, getdoc
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_core import PydanticUndefined
from reference_site import site_page
from typer import Context

from stip.agreements import Agreement, Column
from stip.cli.nouns import NOUNS, command_of
from stip.settings import Settings
from stip.store import BESIDE, CELL, COUNT, DECISIONS, INCIDENT, OUTLOOK, SCORE

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"
MADE = "<!-- Made by `make reference` from the code; change it there. -->"


def settings_page() -> str:
    """Return the page of ``stip.toml``: a heading for each section and each setting."""
    parts = ["# Settings", MADE, "`stip.toml` holds all settings of a workspace. What is left out has its default."]
    for section, field in Settings.model_fields.items():
        model = field.annotation
        parts += [f"## `[{section}]`", ""]
        if section == "crime_types":
            model = __import__("stip.settings", fromlist=["CrimeType"]).CrimeType
            parts.append("A table for each crime type, such as `[crime_types.home_burglary]`.")
        if isinstance(model, type) and issubclass(model, BaseModel):
            parts += _entries(model)
    return "\n\n".join(part for part in parts if part) + "\n"


def agreements_page() -> str:
    """Return the page of an agreement file."""
    parts = ["# Agreement files", MADE, "One TOML file a source, in `agreements/`. What is not declared is refused."]
    parts += ["## The file", *_entries(Agreement), '## A column, `[columns."HEADING"]`', *_entries(Column)]
    return "\n\n".join(parts) + "\n"


def commands_page() -> str:
    """Return the page of the command line: a heading for each command, with its help as printed."""
    parts = [
        "# Commands",
        MADE,
        "Answers go to stdout, progress and warnings to stderr. Exit code 0 is good, "
        "1 is a problem with the data, 2 is a mistyped command.",
    ]
    for path, command in commands():
        context = Context(command, info_name=" ".join(path), max_content_width=110, terminal_width=110)
        parts += [f"## `{' '.join(path)}`", f"```text\n{command.get_help(context).strip()}\n```"]
    return "\n\n".join(parts) + "\n"


def tables_page() -> str:
    """Return the page of the table contracts."""
    parts = [
        "# Tables",
        MADE,
        "What stages hand to each other. Times are UTC, coordinates metres in the workspace's "
        "reference system, weeks ISO text such as `2026-W37`.",
    ]
    for contract in (INCIDENT, CELL, COUNT, OUTLOOK, SCORE, BESIDE, *DECISIONS.values()):
        rows = [f"| `{f.name}` | {f.type} | {'may be empty' if f.nullable else ''} |" for f in contract.schema]
        parts += [f"## {contract.name.upper()}", "\n".join(["| column | type | |", "|---|---|---|", *rows])]
        if contract.key:
            parts.append(f"Each row has its own {', '.join(f'`{name}`' for name in contract.key)}.")
    return "\n\n".join(parts) + "\n"


def openapi_json() -> str:
    """Return the description of the API."""
    import django
    from django.apps import apps

    if not apps.ready:
        os.environ |= {"STIP_MODE": "demo", "STIP_STATE": tempfile.mkdtemp()}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stip_web.settings")
        django.setup()
    from stip_web.api.openapi import as_text, document

    return as_text(document())


PAGES = {
    "settings.md": settings_page,
    "agreements.md": agreements_page,
    "commands.md": commands_page,
    "tables.md": tables_page,
    "site.md": site_page,
    "openapi.json": openapi_json,
}


def _entries(model: type[BaseModel]) -> list[str]:
    told = _attributes(model)
    parts = [_intro(model)]
    for name, field in model.model_fields.items():
        default = "required" if field.default is PydanticUndefined and field.default_factory is None else ""
        if not default:
            value = field.get_default(call_default_factory=True)
            default = "default: a table" if isinstance(value, BaseModel | dict) else f"default `{value!r}`"
        parts += [f"### `{name}`", f"{told.get(name, '')}\n\n*{default}*".strip()]
    return parts


def _intro(model: type[BaseModel]) -> str:
    return cleandoc(getdoc(model) or "").split("\n\nAttributes\n")[0].replace("``", "`")


def _attributes(model: type[BaseModel]) -> dict[str, str]:
    """Return what the docstring says of each attribute; names that share a line share the words."""
    body = cleandoc(getdoc(model) or "").partition("Attributes\n----------\n")[2]
    told: dict[str, str] = {}
    names: list[str] = []
    for line in body.splitlines():
        if line and not line.startswith(" "):
            names = re.split(r",\s*", line.split(":")[0].strip())
            told |= {name: f"`{line.split(':')[1].strip()}`. " if ":" in line else "" for name in names}
        elif line.strip():
            told |= {name: f"{told[name]}{line.strip()} " for name in names}
    return {name: words.strip().replace("``", "`") for name, words in told.items()}


def commands() -> list[tuple[tuple[str, ...], Any]]:
    """Return every command that does something, by the words that call it."""
    return [leaf for noun in NOUNS for leaf in _leaves(command_of(noun), ("stip", noun))]


def _leaves(command: Any, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], Any]]:
    below = getattr(command, "commands", {})
    own = [(path, command)] if not below or command.invoke_without_command else []
    return own + [leaf for name, child in below.items() for leaf in _leaves(child, (*path, name))]


if __name__ == "__main__":
    for file, page in PAGES.items():
        (FOLDER / file).write_text(page(), encoding="utf-8")
        sys.stdout.write(f"docs/reference/{file}\n")
