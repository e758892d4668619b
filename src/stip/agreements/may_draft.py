# SPDX-License-Identifier: EUPL-1.2
"""A draft agreement from the outcome of *Mag dit?*: it fits the loader, and lets nothing in until it is filled in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from stip.agreements.may import NOT_CHECKED, Allowed, MayRules, Step
from stip.agreements.model import Kind, Purpose, Role
from stip.errors import AgreementError

_INCIDENT_COLUMNS = {
    "Nummer": Role.INCIDENT_ID,
    "Soort": Role.CRIME_CODE,
    "Begin": Role.FROM_AT,
    "Einde": Role.TO_AT,
    "X": Role.X,
    "Y": Role.Y,
}
_ASK_FIRST = """# LET OP: hierop is nog geen ja gezegd. Vraag het eerst na bij wie beslist, en leg het antwoord vast.
# De grondslag (legal_basis) is alleen een voorstel. Laat ‘Voorstel’ staan tot hij is bevestigd, en haal bij purposes
# elk doel weg waarvoor geen ja is gezegd.
"""
_PERSONS = ("Naam", "Kenteken", "Toelichting")


@dataclass(frozen=True)
class _Draft:
    source: str
    title: str
    kind: Kind
    purposes: tuple[Purpose, ...]
    months: int
    precision_m: int
    columns: dict[str, Role]


_DRAFTS = {
    "police": _Draft(
        "nieuwe_meldingen", "meldingen van de politie", Kind.INCIDENTS,
        (Purpose.DOT_MAP, Purpose.OUTLOOK, Purpose.PLAN, Purpose.EVALUATION), 60, 25, _INCIDENT_COLUMNS,
    ),
    "police_map": _Draft(
        "feiten_van_de_politie", "feiten die de politie zelf vindt", Kind.INCIDENTS,
        (Purpose.DOT_MAP,), 12, 100, _INCIDENT_COLUMNS,
    ),
    "municipal": _Draft(
        "meldingen_gemeente", "meldingen bij de gemeente", Kind.INCIDENTS,
        (Purpose.DOT_MAP, Purpose.EVALUATION), 24, 25, _INCIDENT_COLUMNS,
    ),
    "nuisance": _Draft(
        "overlast_gemeente", "meldingen over overlast", Kind.INCIDENTS, (Purpose.DOT_MAP,),
        12, 100, _INCIDENT_COLUMNS,
    ),
    "layer": _Draft(
        "nieuwe_laag", "kaartlaag", Kind.LAYER, (Purpose.DOT_MAP, Purpose.OUTLOOK), 120, 0,
        {"Nummer": Role.FEATURE_ID, "Plek": Role.GEOMETRY, "Soort": Role.CATEGORY},
    ),
    "ownership": _Draft(
        "soort_eigenaar", "soort eigenaar van woningen", Kind.LAYER, (Purpose.DOT_MAP, Purpose.PLAN), 24, 0,
        {"Nummer": Role.FEATURE_ID, "Plek": Role.GEOMETRY, "Soort": Role.CATEGORY},
    ),
    "areas": _Draft(
        "cijfers_per_buurt", "cijfers per buurt", Kind.AREAS, (Purpose.EVALUATION,), 60, 0,
        {"Code": Role.AREA_CODE, "Buurt": Role.AREA_NAME, "Grens": Role.GEOMETRY},
    ),
}  # fmt: skip


def draft_name(step: Step) -> str:
    """Return the name of the source in the draft, which is that of its file.

    Raises
    ------
    AgreementError
        When no agreement belongs to the outcome.
    """
    return _of(step).source


def draft_of(rules: MayRules, step: Step, *, on: date) -> str:
    """Write a draft agreement, as TOML.

    It is valid for no day that is still to come, so that the gate reads nothing by it before somebody fills in the
    days it holds, who answers for it, and the columns of the file.

    Parameters
    ----------
    on : date
        Today.

    Raises
    ------
    AgreementError
        When no agreement belongs to the outcome.
    """
    draft, outcome = _of(step), step.outcome
    if outcome is None:
        raise AgreementError(f"Vraag ‘{step.name}’ is nog niet beantwoord.")
    past = on - timedelta(days=1)
    asked = outcome.verdict is Allowed.ASK
    state = "Voorstel, nog na te vragen" if asked else "Voorstel, te bevestigen door de gemeente"
    basis = f"{state}: " + "; ".join(rules.dated(each) for each in outcome.articles)
    warning = _ASK_FIRST if asked else ""
    unchecked = [rules.sources[name].title for name in outcome.sources if rules.sources[name].checked_on is None]
    looked = f"# Deze bronnen zijn {NOT_CHECKED}: {'; '.join(unchecked)}.\n" if unchecked else ""
    answers = "\n".join(f"#   {question.text} {answer.text}." for _, question, answer in step.trail)
    columns = "\n".join(f'{_text(heading)} = {{ role = "{role}" }}' for heading, role in draft.columns.items())
    refused = "\n".join(f'{_text(heading)} = "gaat over personen"' for heading in _PERSONS)
    purposes = ", ".join(_text(str(purpose)) for purpose in draft.purposes)
    return f"""# CONCEPT, gemaakt met ‘Mag dit?’. Geen juridisch advies. De afspraak geldt nog op geen enkele dag:
# vul valid_from en valid_until in, wie erover gaat (controller), de effectbeoordeling (dpia) en de kolommen.
# Uitkomst: {outcome.verdict.label}. {outcome.title}.
{warning}# Wie beslist: {outcome.decides}
{looked}# Uw antwoorden:
{answers}
source = {_text(draft.source)}
title = {_text(f"Concept: {draft.title}")}
kind = {_text(str(draft.kind))}
purposes = [{purposes}]
legal_basis = {_text(basis)}
controller = ""
dpia = ""
valid_from = {past.isoformat()}
valid_until = {past.isoformat()}
retention_months = {draft.months}
precision_m = {draft.precision_m}

[columns]
{columns}

[why_refused]
{refused}
"""


def _of(step: Step) -> _Draft:
    name = step.outcome.draft if step.outcome is not None else ""
    if not name:
        raise AgreementError("Bij deze uitkomst hoort geen afspraak.")
    return _DRAFTS[name]


def _text(text: str) -> str:
    """Write a basic string of TOML, which JSON's strings are too."""
    return json.dumps(text, ensure_ascii=False)
