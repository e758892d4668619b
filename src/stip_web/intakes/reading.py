# SPDX-License-Identifier: EUPL-1.2
"""What the worker does with an upload: look at its headings, check it, store it. Each goes through the library."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from typing import Any

from stip.agreements import AddressResolver, load_agreement
from stip.errors import AgreementError, FileError, TooManyRefused
from stip.intake import IntakeReport, open_table, read_incident_file
from stip.store import Workspace, batches
from stip.words import harmless
from stip_web.intakes import quarantine
from stip_web.intakes.headings import (
    as_columns,
    best_fit,
    expected_headings,
    fingerprint,
    incident_agreements,
    plain,
    suggestion,
    told_headings,
)
from stip_web.intakes.models import ColumnMapping, Upload
from stip_web.intakes.seen import Seen
from stip_web.intakes.watch import Watch


def look(workspace: Workspace, upload: Upload) -> dict[str, Any]:
    """Read the headings; return what the upload is to know of them.

    Raises
    ------
    FileError, AgreementError
        When it is no table, or no agreement allows files with incidents.
    """
    known = incident_agreements(workspace)
    if not known:
        raise AgreementError(
            "Er is geen afspraak over meldingen. Maak er eerst een met de FG; zonder komt niets binnen."
        )
    asked = {upload.source: known[upload.source]} if upload.source in known else known
    with quarantine.in_memory(upload.pk, upload.file_name) as path:
        headings = open_table(path, expected=expected_headings(asked.values())).headings
    mark = fingerprint(headings)
    before = ColumnMapping.objects.filter(fingerprint=mark, source__in=list(asked)).first()
    source = before.source if before else best_fit(headings, asked)
    told = told_headings(asked[source], workspace.settings, headings)
    return {
        "source": source,
        "headings": plain(told),
        "fingerprint": mark,
        "recognised": before is not None,
        "columns": before.columns if before else suggestion(asked[source], told),
    }


def check(workspace: Workspace, upload: Upload, watch: Watch) -> dict[str, Any]:
    """Read the whole file without storing anything; return what the upload is to know of it.

    Raises
    ------
    FileError, AgreementError
        When it cannot be read at all.
    """
    seen = Seen(workspace)
    stopped = ""
    try:
        report = _read(workspace, upload, watch, dry_run=True, look=seen)
    except TooManyRefused as error:
        if not isinstance(error.report, IntakeReport):
            raise
        report, stopped = error.report, _for_the_screen(str(error))
    seen.keep(upload.pk)
    told = report.to_dict() | {"stopped": bool(stopped), "limit": workspace.settings.intake.refused_limit}
    return {"report": told, "sentence": stopped, "refused_rows": packed_rows(report)}


def store(workspace: Workspace, upload: Upload, watch: Watch) -> dict[str, Any]:
    """Store what is new in the workspace, all of it or nothing; return what the upload is to know of it.

    Raises
    ------
    StipError
        When it cannot be, and then nothing has changed.
    """
    report = _read(workspace, upload, watch, dry_run=False, look=watch.saving)
    batch_id = report.batch_id or batch_of(workspace, upload)
    return {
        "report": upload.report | report.to_dict() | {"batch_id": batch_id},
        "refused_rows": packed_rows(report),
        "batch_id": batch_id,
    }


def batch_of(workspace: Workspace, upload: Upload) -> str:
    """Give the delivery that this upload has become; empty when there is none.

    A worker that was killed may have stored it without being able to say so. An upload's moment of receipt is its
    own, to the microsecond (`BringFile` sees to it).
    """
    for manifest in batches(workspace):
        when = manifest.get("received_at")
        if when and datetime.fromisoformat(str(when)) == upload.received_at and manifest["source"] == upload.source:
            return str(manifest["batch_id"])
    return ""


def packed_rows(report: IntakeReport) -> bytes:
    """Give number, rule, reason and advice of each refused row as a CSV, packed; nothing of what the rows held."""
    rows = report.refused_rows()
    if rows.empty:
        return b""
    texts = {name: rows[name].map(harmless) for name in ("regel", "reden", "advies")}
    text = rows.assign(**texts).to_csv(sep=";", index=False, lineterminator="\r\n")
    return zlib.compress(text.encode("utf-8-sig"))


def unpacked_rows(packed: bytes) -> bytes:
    """Give the CSV of refused rows."""
    return zlib.decompress(packed) if packed else "\ufeffrij;regel;reden;advies\r\n".encode()


def _read(workspace: Workspace, upload: Upload, watch: Watch, *, dry_run: bool, look: Any) -> IntakeReport:
    with quarantine.in_memory(upload.pk, upload.file_name) as path:
        try:
            return read_incident_file(
                workspace,
                path,
                upload.source,
                received_at=upload.received_at.astimezone(UTC),
                accept_refused=upload.accept_refused,
                addresses=_addresses(workspace, upload.source),
                progress=watch.told,
                dry_run=dry_run,
                columns=as_columns(upload.columns),
                look=look,
            )
        except TooManyRefused:
            raise
        except FileError as error:
            raise FileError(_for_the_screen(str(error))) from None


def _addresses(workspace: Workspace, source: str) -> AddressResolver | None:
    """Give the table of addresses when the agreement has addresses and the workspace has the table."""
    agreement = load_agreement(workspace, source)
    if not agreement.has_addresses:
        return None
    from stip.link import address_book  # seconds to load, and most sources have points

    return address_book(workspace, agreement)


def _for_the_screen(sentence: str) -> str:
    """Leave out what only holds on the command line."""
    for command in (" Toch inlezen kan met --accept-refused.", " met --agreement", ": stip intake addresses BESTAND"):
        sentence = sentence.replace(command, "")
    return sentence
