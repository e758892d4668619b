# SPDX-License-Identifier: EUPL-1.2
"""Reading the agreements of a workspace, and putting the ready-made ones there."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from stip.agreements.model import Agreement
from stip.errors import AgreementError, BrokenSettings
from stip.settings import read_toml
from stip.store import Workspace, write_text


def install_shipped(workspace: Workspace) -> list[str]:
    """Put the ready-made agreements in the workspace; one that is there already is left alone.

    Returns
    -------
    list of str
        Sources that were added, in alphabetical order.
    """
    added = []
    with workspace.writing():
        for source, text in _shipped().items():
            path = workspace.agreements / f"{source}.toml"
            if not path.exists():
                write_text(path, text)
                added.append(source)
    return added


def agreement_files(workspace: Workspace) -> list[Path]:
    """Return the agreement files of the workspace, in alphabetical order."""
    return sorted(workspace.agreements.glob("[!.]*.toml"))


def load_agreement(workspace: Workspace, source: str) -> Agreement:
    """Return the agreement about a source.

    Raises
    ------
    AgreementError
        When there is none.
    BrokenSettings
        When its file does not fit, or is named after another source.
    """
    known = {path.stem: path for path in agreement_files(workspace)}
    if source not in known:
        names = ", ".join(known) or "nog geen"
        raise AgreementError(
            f"Er is geen afspraak ‘{source}’. Bekend: {names}. "
            f"Zonder afspraak wordt niets gelezen; maak er een in agreements/{source}.toml."
        )
    return read_agreement(known[source])


def read_agreement(path: Path) -> Agreement:
    """Read one agreement file.

    Raises
    ------
    BrokenSettings
        When it does not fit, or is named after another source.
    """
    agreement = read_toml(path, Agreement, name=f"agreements/{path.name}")
    if agreement.source != path.stem:
        raise BrokenSettings(
            f"{path.name} gaat over de bron ‘{agreement.source}’. Noem het bestand {agreement.source}.toml, "
            f'of zet er source = "{path.stem}" in.'
        )
    return agreement


def agreements_of(workspace: Workspace) -> dict[str, Agreement]:
    """Return all agreements of the workspace by source.

    Raises
    ------
    BrokenSettings
        When one of the files does not fit.
    """
    return {path.stem: read_agreement(path) for path in agreement_files(workspace)}


def _shipped() -> dict[str, str]:
    folder = resources.files("stip.agreements") / "shipped"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return {file.name.removesuffix(".toml"): file.read_text(encoding="utf-8") for file in files}
