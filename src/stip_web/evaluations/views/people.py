# SPDX-License-Identifier: EUPL-1.2
"""Who pointed better, people, the outlook or the baseline: per team and kind of judgement, never per person."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stip.learn import HALF_YEAR, YEAR, Ranking, Side, pair_sentence, ranking_block, ranking_sentence, side_name
from stip.learn import final_scores as finals
from stip.store import Workspace, read_decisions
from stip.words import share
from stip_web.accounts.door import needs, user_of
from stip_web.accounts.models import User
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.processing import reads_incidents
from stip_web.desk.twins import twin
from stip_web.evaluations.facts import last_weeks, ranked
from stip_web.evaluations.listing import people_listing
from stip_web.evaluations.statements import WEEKS
from stip_web.evaluations.views.frame import frame_of, open_workspace

KIND_NAMES = {"add": "toegevoegd", "drop": "laten vervallen", "move": "verplaatst", "lower": "verlaagd"}


@needs(May.LEARN_READ, May.LEARN_TEAM)
@require_safe
@reads_incidents("evaluatie")
def page(request: HttpRequest) -> HttpResponse:
    """Show each ranking in words, with the figures below it."""
    workspace = open_workspace()
    found, baseline = _readable(workspace, user_of(request))
    known = len(finals(workspace))
    context = frame_of(request, "people") | {
        "groups": _groups(workspace, found, baseline),
        "needed": workspace.settings.learn.verdict_judgements,
        "known": known,
        "next_at": ranking_block(workspace).next_at,
        "half": HALF_YEAR,
        "year": YEAR,
        "changes": _changes(workspace),
        "number": WEEKS,
    }
    return render(request, "evaluations/people.html", context)


@needs(May.LEARN_READ, May.LEARN_TEAM)
@require_safe
@reads_incidents("evaluatie")
def twin_of(request: HttpRequest, form: str) -> HttpResponse:
    """Give the rankings as a list."""
    workspace = open_workspace()
    return twin(request, people_listing(workspace, *_readable(workspace, user_of(request))), form)


def _readable(workspace: Workspace, user: User) -> tuple[list[Ranking], str]:
    """Give the rankings that somebody may read: who reads for a team sees all together, and that team."""
    found, baseline = ranked(workspace)
    if not user.may(May.LEARN_READ):
        own = user.team or next(iter(workspace.settings.plan.teams))
        found = [each for each in found if each.team in ("", own)]
    return found, baseline


def _groups(workspace: Workspace, found: list[Ranking], baseline: str) -> list[dict[str, Any]]:
    """Give the rankings by team, all together first."""
    teams = workspace.settings.plan.teams
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in found:
        name = f"Team {teams.get(each.team, each.team)}" if each.team else "Alle teams samen"
        groups.setdefault(name, []).append(_card(each, baseline))
    return [{"name": name, "cards": cards} for name, cards in groups.items()]


def _card(ranking: Ranking, baseline: str) -> dict[str, Any]:
    label = ranking.kind.label
    sides = sorted(ranking.hits.items(), key=lambda item: -item[1])
    return {
        "title": f"{label[:1].upper()}{label[1:]}",
        "kind": str(ranking.kind),
        "sentence": ranking_sentence(ranking, baseline=baseline),
        "said": not ranking.says_nothing,
        "judgements": ranking.judgements,
        "pairs": [
            pair_sentence(pair, ranking.kind, baseline=baseline, verdict=ranking.carries_verdict)
            for pair in ranking.pairs
        ],
        "sides": [
            {
                "name": _first(side_name(side, ranking.kind, baseline)),
                "hits": hits,
                "share": share(hits, ranking.total),
            }
            for side, hits in sides
        ]
        if ranking.pairs and Side.BASELINE in ranking.hits
        else [],
    }


def _changes(workspace: Workspace) -> list[dict[str, Any]]:
    """Count what people changed in the last weeks, by kind."""
    weeks = {line["week"] for line in last_weeks(workspace, WEEKS, exact=True)}
    stand = read_decisions(workspace, "override")
    counted = Counter(stand.loc[stand["week"].isin(weeks), "kind"])
    return [{"name": name, "count": counted.get(kind, 0)} for kind, name in KIND_NAMES.items()]


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]
