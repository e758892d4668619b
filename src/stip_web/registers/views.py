# SPDX-License-Identifier: EUPL-1.2
"""The page of the registers: how far the card is, what comes out of it, and what of it is public."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from stip.errors import StipError, WorkspaceError
from stip.publish.register import (
    FORMATS,
    Register,
    file_of,
    make_register,
    published_explanation,
    published_model_card,
    published_register,
    published_register_facts,
)
from stip.words import number
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.desk.small import sees_all
from stip_web.oversight.tabs import page
from stip_web.registers.actions import READS, Changed, PublishRegister, TakeDocument
from stip_web.workspaces import clock
from stip_web.workspaces.current import current_workspace

DOCUMENTS = {"dpia": "DPIA", "iama": "IAMA"}
FORMS = {"html": "HTML", "odt": "ODT (LibreOffice)", "docx": "DOCX (Word)"}
FILES = (
    ("register", "json", "Algoritmeregister, JSON"),
    ("register", "csv", "Algoritmeregister, CSV"),
    ("model_card", "json", "Modelkaart, JSON"),
    ("explanation", "json", "Uitleg voor de openbare site, JSON"),
)
FIELDS = {
    "name": ("Naam", 100),
    "description_short": ("Korte omschrijving", 350),
    "goal": ("Doel", 2500),
    "proportionality": ("Afweging", 2500),
    "human_intervention": ("Menselijke tussenkomst", 2500),
    "risks": ("Risico’s", 2500),
    "lawful_basis": ("Wettelijke basis", 2500),
    "source_data": ("Gegevens", 5000),
    "methods_and_models": ("Methoden en modellen", 5000),
}
"""What the page shows of the entry, with what the register takes."""
_TYPES = {
    "html": "text/html; charset=utf-8",
    "odt": "application/vnd.oasis.opendocument.text",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}
_SIGNED = {"bestuur": "het bestuur", "fg": "de functionaris gegevensbescherming"}


@needs(*READS)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what the card makes, or why it makes nothing yet."""
    return _page(request)


@needs(May.PUBLICATION_APPROVE)
@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """Let it out, with a reason, when it is what was seen."""
    reason, seen = request.POST.get("reason", ""), request.POST.get("seen", "")
    try:
        PublishRegister(user_of(request), workspace=current_workspace(), why=reason, seen=seen).run()
    except Changed as error:
        return _page(request, refused=str(error), reason=reason, status=409)
    except StipError as error:
        return _page(request, refused=str(error), reason=reason)
    messages.success(request, "Het register, de modelkaart en de uitleg zijn openbaar.")
    return HttpResponseRedirect(reverse("registers:list"))


@needs(*READS)
@require_safe
def download(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """Give a document or a file to take along, as it is now."""
    if (name, form) not in {(stem, kind) for stem, kind, _ in FILES} and not (name in DOCUMENTS and form in FORMATS):
        raise Http404
    made, why = _made(request)
    if made is None:
        return _page(request, refused=why)
    if name in DOCUMENTS:
        content = file_of(next(each for each in made.documents if each.name == name), form)
        TakeDocument(user_of(request), name=DOCUMENTS[name], form=form).run()
    else:
        content = made.files[f"{name}.{form}"].encode()
    answer = HttpResponse(content, content_type=_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def _made(request: HttpRequest) -> tuple[Register | None, str]:
    """Return the registers as finely as the reader may see them, or the sentence that says why there are none."""
    workspace = current_workspace()
    try:
        return make_register(workspace, at=clock.now(workspace), exact=sees_all(user_of(request))), ""
    except StipError as error:
        return None, str(error)


def _page(request: HttpRequest, *, refused: str = "", reason: str = "", status: int = 400) -> HttpResponse:
    made, why = _made(request)
    published = current_workspace().root / "published"
    try:
        facts, damaged = published_register_facts(published), False
    except WorkspaceError:
        facts, damaged = None, True
    context: dict[str, Any] = {
        "why": why,
        "refused": refused if refused != why else "",
        "reason": reason[:200],
        "exact": sees_all(user_of(request)),
        "may_publish": user_of(request).may(May.PUBLICATION_APPROVE),
        "damaged": damaged,
        "out": facts and {"at": datetime.fromisoformat(facts["made_at"]), "by": _SIGNED[facts["role"]]},
    }
    if made is not None:
        context |= {
            "documents": [
                {
                    "name": DOCUMENTS[each.name],
                    "title": each.title,
                    "open": len(each.questions),
                    "forms": [
                        (label, reverse("registers:download", args=[each.name, form]))
                        for form, label in FORMS.items()
                    ],
                }
                for each in made.documents
            ],
            "files": [(label, reverse("registers:download", args=[name, form])) for name, form, label in FILES],
            "fields": [
                {"label": label, "text": text, "length": f"{number(len(text))} van {number(most)}"}
                for name, (label, most) in FIELDS.items()
                for text in [str(getattr(made.entry, name))]
            ],
            "fingerprint": made.fingerprint,
            "cautions": made.facts.cautions,
            "stale": facts is not None and _changed(made, published),
        }
    return page(request, "registers/list.html", "registers:list", context, status=status if refused else 200)


def _changed(made: Register, published: Path) -> bool:
    """Tell whether what is out is no longer what would be made now, the day apart; or is not what was approved."""
    now = (made.entry.model_dump(mode="json"), made.model_card, made.explanation)
    out = (read(published) for read in (published_register, published_model_card, published_explanation))
    try:
        return any(_undated(mine) != _undated(theirs or {}) for mine, theirs in zip(now, out, strict=True))
    except WorkspaceError:
        return True


def _undated(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return it as JSON gives it back, without the day on which it was made."""
    plain: dict[str, Any] = json.loads(json.dumps(content))
    return {name: value for name, value in plain.items() if name not in ("madeOn", "made_on")}
