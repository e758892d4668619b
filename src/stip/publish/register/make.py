# SPDX-License-Identifier: EUPL-1.2
"""Making all of it: from one card and the facts to the four children, as drafts on the desk and, let out, for all."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from stip.agreements import check_not_paused, review, tidy_reason
from stip.errors import AgreementError
from stip.publish.door import APPROVE_ROLES
from stip.publish.register.as_docx import docx_of
from stip.publish.register.as_html import html_of
from stip.publish.register.as_odt import odt_of
from stip.publish.register.card import Card, read_card
from stip.publish.register.document import Document
from stip.publish.register.dpia import dpia_of
from stip.publish.register.entry import RegisterEntry, entry_of
from stip.publish.register.explanation import explanation_of
from stip.publish.register.facts import Facts, facts_of
from stip.publish.register.iama import iama_of
from stip.publish.register.model_card import model_card_of
from stip.publish.register.reading import EXPLANATION, FACTS, FOLDER, MODEL_CARD, REGISTER, REGISTER_CSV
from stip.publish.register.shapes import Explanation, RegisterFacts
from stip.store import Workspace, day_in_town, new_file, new_folder, record, write_text

FORMATS = ("html", "odt", "docx")
"""In which each document is written."""
_WRITERS = {"odt": odt_of, "docx": docx_of}


@dataclass(frozen=True)
class Register:
    """The four children of one card.

    Attributes
    ----------
    facts : Facts
    entry : RegisterEntry
    model_card : dict
    explanation : Explanation
    documents : tuple of Document
        DPIA and IAMA; for the desk only.
    """

    facts: Facts
    entry: RegisterEntry
    model_card: dict[str, Any]
    explanation: Explanation
    documents: tuple[Document, ...]

    @property
    def files(self) -> dict[str, str]:
        """What is fit for everybody, by the name of its file."""
        return {
            REGISTER: self.entry.to_json(),
            REGISTER_CSV: "\ufeff" + self.entry.to_csv(),  # by the mark a spreadsheet knows that it is UTF-8
            MODEL_CARD: _json(self.model_card),
            EXPLANATION: _json(self.explanation),
        }

    @property
    def fingerprint(self) -> str:
        """SHA-256 over `files`: by it one knows that what goes out is what was seen."""
        return hashlib.sha256(_json(self.files).encode()).hexdigest()

    @property
    def runs(self) -> list[str]:
        """Ids of the frozen runs that figures come from."""
        return sorted({fact.run for fact in self.facts.named.values() if fact.run} | {r["run"] for r in self._record})

    @property
    def _record(self) -> tuple[Any, ...]:
        return self.facts.record


def make_register(workspace: Workspace, *, at: datetime, exact: bool = True) -> Register:
    """Make the four children from the card, the settings, the agreements and the runs; nothing is written.

    Parameters
    ----------
    at : aware datetime
        The moment at which it is made; figures that are not late enough at it stay out.
    exact : bool
        Whether DPIA and IAMA count reports; not for who may not see places. What goes out is the same.

    Raises
    ------
    SettingsError
        When there is no card, it does not fit, names a fact that is not known, or a text is too long.
    """
    return register_from(workspace, read_card(workspace), at=at, exact=exact)


def register_from(workspace: Workspace, card: Card, *, at: datetime, exact: bool = True) -> Register:
    """Make the four children from a card that was read before."""
    facts = facts_of(workspace, at=at, exact=exact)
    entry = entry_of(card, facts)
    used = {source.name for source in facts.sources}
    today = day_in_town(workspace, at)
    looked_over = review(workspace, on=today, with_pauses=False)  # the facts tell those, without their reasons
    remarks = tuple(each for each in looked_over if each.source in used or not each.source)
    return Register(
        facts=facts,
        entry=entry,
        model_card=model_card_of(card, facts),
        explanation=explanation_of(card, facts, entry),
        documents=(dpia_of(card, facts, remarks), iama_of(card, facts)),
    )


def drafts_folder(workspace: Workspace) -> Path:
    """Return where the drafts are: ``output/register``, for the desk."""
    return workspace.root / "output" / FOLDER


def write_drafts(workspace: Workspace, register: Register) -> list[Path]:
    """Write DPIA and IAMA in every format, and what could go out, to ``output/register``; in place of older ones."""
    folder = drafts_folder(workspace)
    written = []
    with workspace.writing():
        folder.mkdir(parents=True, exist_ok=True)
        for document in register.documents:
            for form in FORMATS:
                path = folder / f"{document.name}.{form}"
                with new_file(path) as half:
                    half.write_bytes(file_of(document, form))
                written.append(path)
        for name, text in register.files.items():
            write_text(folder / name, text)
            written.append(folder / name)
    return written


def file_of(document: Document, form: str) -> bytes:
    """Return a document in one of `FORMATS`."""
    return html_of(document).encode() if form == "html" else _WRITERS[form](document)


def let_out(workspace: Workspace, register: Register, *, role: str, reason: str, at: datetime) -> Path:
    """Put what is fit for everybody in ``published/register``, in place of what was there, and record who let it.

    Unlike figures of a quarter it may change: it tells how things are now. The figures in it went out
    with a quarter before, so that an old and a new register cannot be subtracted.

    All of it goes out at once, and after the approval is recorded: what is out was always approved.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    AgreementError
        When publishing is paused, or the role or the reason will not do.
    WorkspaceError
        When it cannot be written; then what was there before is still there.
    """
    check_not_paused(workspace, "publish")
    if role not in APPROVE_ROLES:
        raise AgreementError(f"‘{role}’ mag dit niet goedkeuren. Dat doet {' of '.join(APPROVE_ROLES)}.")
    reason = tidy_reason(reason, AgreementError)
    folder = workspace.root / "published" / FOLDER
    files = register.files
    facts = RegisterFacts(
        made_at=at.isoformat(),
        role=role,
        runs=register.runs,
        files={name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()},
    )
    with workspace.writing():
        check_not_paused(workspace, "publish")  # again, now that nothing can come between
        row = {"run_id": ",".join(register.runs), "what": FOLDER, "reason": reason, "role": role}
        with new_folder(folder, replaces=True) as half:
            for name, text in (files | {FACTS: _json(facts)}).items():
                (half / name).write_text(text, encoding="utf-8")
            record(workspace, "approval", pd.DataFrame([row]), at=at)
    return folder


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
