# SPDX-License-Identifier: EUPL-1.2
"""Reading a file with incidents into the workspace: through the gate, row by row accounted for, all or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from secrets import token_bytes

import numpy as np
import pandas as pd

from stip.agreements import AddressResolver, Admission, Agreement, Column, Gate, Key, KeyRing, Kind, Role, check_keys
from stip.errors import AgreementError, FileError
from stip.intake.accounts.account import Account
from stip.intake.file_name import shown_name
from stip.intake.incidents.batch_id import file_id
from stip.intake.incidents.forms import FormFinder
from stip.intake.incidents.judge import Judge, Judged
from stip.intake.incidents.mapping import also_known
from stip.intake.incidents.receipt import check_received
from stip.intake.incidents.report import IntakeReport
from stip.intake.incidents.storing import Reading, store
from stip.intake.incidents.windows import WindowRules
from stip.intake.permission import agreement_to_read
from stip.intake.places.locating import Bounds
from stip.intake.tables.opening import open_table
from stip.intake.tables.table import Block, SourceTable
from stip.intake.values.asking import Asker
from stip.intake.values.codes import CodeBook
from stip.store import Workspace, batches, day_in_town

Progress = Callable[[float], None]
Look = Callable[[pd.DataFrame], object]


def read_incident_file(
    workspace: Workspace,
    path: Path | str,
    source: str,
    *,
    received_at: datetime,
    accept_refused: bool = False,
    addresses: AddressResolver | None = None,
    progress: Progress | None = None,
    dry_run: bool = False,
    columns: Mapping[Role, Column] | None = None,
    look: Look | None = None,
) -> IntakeReport:
    """Read a file with incidents.

    Parameters
    ----------
    workspace : Workspace
    path : Path
        CSV, XLSX, Parquet, GeoJSON, GeoPackage or Shapefile.
    source : str
        The agreement under which it is read.
    received_at : aware datetime
        When the file came in: no incident can be later, and a correction is known from then on.
    accept_refused : bool
        Read on when more rows are refused than the settings allow.
    addresses : AddressResolver, optional
        For sources that have addresses in place of points.
    progress : callable, optional
        Is told the share of the file that has been read, 0 … 1.
    dry_run : bool
        Report, but write nothing.
    columns : mapping of Role to Column, optional
        Under which other headings this file has declared columns; see `stip.intake.incidents.mapping.also_known`.
    look : callable, optional
        Is shown the incidents as the gate let them through, with the columns of the INCIDENT contract but
        ``batch_id`` and ``version``, before anything is written. When it raises, nothing is.

    Returns
    -------
    IntakeReport

    Raises
    ------
    AgreementError
        When the source may not be read.
    FileError
        When the file cannot be read, or misses a column, or was received in the future.
    TooManyRefused
        When more rows are refused than the settings allow; the report is its ``report``.
    """
    path = Path(path)
    check_received(received_at)
    received = pd.Timestamp(received_at).tz_convert("UTC").as_unit("us")
    agreement = agreement_to_read(workspace, source, Kind.INCIDENTS, on=day_in_town(workspace, datetime.now(UTC)))
    agreement = also_known(agreement, columns) if columns else agreement
    _check_type(workspace, agreement)
    table = open_table(path, expected=_headings(agreement))
    gate = Gate(agreement, workspace.settings, _keys(workspace, dry_run=dry_run))
    admission = gate.admit(table.headings)
    _check_columns(admission, agreement, path, addresses)
    asker = Asker()
    try:
        reading = _read(workspace, table, gate, admission, received, path, addresses, asker, progress)
    finally:
        asker.close()
    return store(workspace, reading, accept_refused=accept_refused, dry_run=dry_run, look=look)


def _read(
    workspace: Workspace,
    table: SourceTable,
    gate: Gate,
    admission: Admission,
    received: pd.Timestamp,
    path: Path,
    addresses: AddressResolver | None,
    asker: Asker,
    progress: Progress | None,
) -> Reading:
    agreement, bounds = gate.agreement, Bounds.of(workspace)
    zone = agreement.time_zone or workspace.settings.town.time_zone
    blocks = _told(table.blocks({role.value: place for role, place in admission.positions.items()}), progress)
    finder = FormFinder(asker, agreement, bounds, table.crs, received, zone, shown_name(path), admission.kept)
    forms, seen = finder.find(blocks)
    codes = CodeBook(workspace.settings.crime_types)
    judge = Judge(
        gate=gate,
        forms=forms,
        bounds=bounds,
        windows=WindowRules(
            time_zone=zone,
            received_at=np.datetime64(received.tz_localize(None), "us"),
            cap=np.timedelta64(workspace.settings.intake.window_cap_hours, "h"),
            delay=np.timedelta64(round(agreement.delay_days * 86_400), "s"),
            days_from=Role.FROM_AT in forms.days,
            days_to=Role.TO_AT in forms.days,
            days_reported=Role.REPORTED_AT in forms.days,
        ),
        codes=codes,
        asker=asker,
        addresses=addresses,
    )
    judged = [judge.judge(block) for block in _emptying(seen, blocks)]
    return Reading(
        gate=gate,
        path=path,
        file_id=file_id(path, agreement.source),
        received_at=received,
        time_zone=zone,
        account=Account.joined([part.account for part in judged]),
        incidents=_joined(judged),
        addresses=dict(sum((part.addresses for part in judged), Counter())),
        refused_columns=admission.refused,
        facts=(*table.facts, *forms.facts),
        codes=codes,
    )


def _joined(judged: list[Judged]) -> pd.DataFrame:
    parts = [part.incidents for part in judged if part.incidents is not None]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _emptying(seen: list[Block], blocks: Iterator[Block]) -> Iterator[Block]:
    """Yield the blocks that were looked at before, letting go of each, and then the rest."""
    while seen:
        yield seen.pop(0)
    yield from chain(blocks)


def _told(blocks: Iterator[Block], progress: Progress | None) -> Iterator[Block]:
    for block in blocks:
        yield block
        if progress is not None:
            progress(block.done)


def _headings(agreement: Agreement) -> list[str]:
    """Return every heading the agreement knows, refused ones too: they tell the line of headings as well."""
    names = [name for heading, column in agreement.columns.items() for name in (heading, *column.names)]
    return [*names, *agreement.why_refused]


def _keys(workspace: Workspace, *, dry_run: bool) -> KeyRing:
    """Return the keys; a trial run in a workspace without deliveries makes none that stays."""
    if dry_run and not batches(workspace):
        return KeyRing(Path(), (Key("0000", "", token_bytes(32)),))
    keys = KeyRing.of(workspace)
    check_keys(workspace, keys)
    return keys


def _check_type(workspace: Workspace, agreement: Agreement) -> None:
    if agreement.crime_type and agreement.crime_type not in workspace.settings.crime_types:
        known = ", ".join(workspace.settings.crime_types)
        raise AgreementError(
            f"De afspraak ‘{agreement.source}’ gaat over de soort ‘{agreement.crime_type}’, maar stip.toml kent die "
            f"niet. Bekend zijn {known}."
        )


def _check_columns(admission: Admission, agreement: Agreement, path: Path, addresses: AddressResolver | None) -> None:
    if not admission.kept:
        raise FileError(
            f"In {shown_name(path)} heeft geen enkele kolom een kop uit de afspraak over ‘{agreement.title}’. "
            "Kijk of het bestand een kopregel heeft, en of dit de goede afspraak is."
        )
    if admission.missing:
        which = " en ".join(f"‘{heading}’" for heading in admission.missing)
        raise FileError(
            f"In {shown_name(path)} ontbreekt {which}. Vraag het bestand opnieuw op met die kolom, of zet in de "
            f"afspraak over ‘{agreement.title}’ onder welke andere kop zij staat (names)."
        )
    points = Role.GEOMETRY in admission.kept or {Role.X, Role.Y} <= set(admission.kept)
    if not points and addresses is None:
        raise FileError(
            f"{shown_name(path)} heeft adressen en geen punten. Lees eerst de adrestabel in: stip intake "
            "addresses BESTAND."
        )
