# SPDX-License-Identifier: EUPL-1.2
"""The model card of an outlook, to read and to take along."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stip.outlook import judgement_of
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.outlooks.card import INPUTS, card_of
from stip_web.outlooks.choice import Choice
from stip_web.outlooks.labels import labels_of
from stip_web.outlooks.record import record_of, record_rows
from stip_web.outlooks.runs import is_intact
from stip_web.outlooks.views.frame import frame_of
from stip_web.outlooks.views.record import asked_run
from stip_web.workspaces.current import current_workspace


@needs(May.OUTLOOK_READ, May.OUTLOOK_COARSE)
@require_safe
@reads_incidents("vooruitblik")
def page(request: HttpRequest) -> HttpResponse:
    """Show what made this outlook: settings, program, inputs, formula, record and limits."""
    workspace = current_workspace()
    run = asked_run(request, workspace)
    labels = labels_of(workspace)
    fine = user_of(request).may(May.OUTLOOK_READ)
    rows = record_rows(workspace, run, fine=fine)
    context = frame_of(request, workspace, run, Choice(run_id=request.GET.get("uitkomst", "")[:16]), "model") | {
        "judgement": judgement_of(run, labels, exact=fine),
        "exact": fine,
        "card": card_of(rows, run, labels, intact=is_intact(workspace, run), exact=fine),
        "record": record_of(rows, run, labels, exact=fine),
        "inputs": [(INPUTS.get(name, name), digest) for name, digest in run.facts["inputs"].items()],
        "steering": run.facts["settings"]["outlook"].items(),
        "may_register": user_of(request).may(
            May.RULES_APPROVE, May.RULES_PROPOSE, May.PUBLICATION_APPROVE, May.PUBLICATION_PROPOSE
        ),
    }
    return render(request, "outlooks/model.html", context)


@needs(May.OUTLOOK_READ, May.OUTLOOK_COARSE)
@require_safe
@reads_incidents("vooruitblik")
def download(request: HttpRequest) -> HttpResponse:
    """Give the card as JSON."""
    workspace = current_workspace()
    run = asked_run(request, workspace)
    fine = user_of(request).may(May.OUTLOOK_READ)
    rows = record_rows(workspace, run, fine=fine)
    card = card_of(rows, run, labels_of(workspace), intact=is_intact(workspace, run), exact=fine)
    answer = HttpResponse(json.dumps(card, ensure_ascii=False, indent=1), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="modelkaart-{run.week.lower()}.json"'
    return answer
