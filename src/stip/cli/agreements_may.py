# SPDX-License-Identifier: EUPL-1.2
"""``stip agreements may``: may this source, or this use? Question by question, or all at once with flags."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from stip.agreements import NO_ADVICE, Allowed, MayRules, Step, draft_of, in_words, load_rules, walk
from stip.cli.app import JsonOption
from stip.cli.show import say, say_json, warn
from stip.errors import AgreementError

AnswerOption = Annotated[
    list[str] | None,
    typer.Option("--answer", help="Vraag en antwoord, zoals begin=bron. Mag vaker; zonder wordt alles gevraagd."),
]
DraftOption = Annotated[
    Path | None, typer.Option("--draft", help="Schrijf hier de conceptafspraak, als er een bij hoort.")
]
RulesOption = Annotated[Path | None, typer.Option("--rules", help="Eigen regels (TOML) in plaats van die van Stip.")]


def add_to(app: typer.Typer) -> None:
    """Add the command to ``stip agreements``."""
    app.command("may")(may)


def may(
    answer: AnswerOption = None, draft: DraftOption = None, rules: RulesOption = None, json: JsonOption = False
) -> None:
    """Mag dit? Ga met een paar vragen na of een bron of een gebruik mag, en wie daarover beslist."""
    known = load_rules(rules)
    given = _given(answer or [])
    step = walk(known, given)
    _check_asked(step, given)
    if step.question is not None and not json and sys.stdin.isatty():
        step = _asked(known, step)
    if step.question is not None:
        _next(step, json=json)
        return
    found = in_words(known, step)
    written = ""
    if draft is not None:
        text = draft_of(known, step, on=date.today())
        if draft.exists():
            raise AgreementError(f"{draft} bestaat al. Kies een andere naam, of haal het eerst weg.")
        draft.write_text(text, encoding="utf-8")
        written = str(draft)
    if json:
        say_json(found | {"written": written})
        return
    say(f"{found['verdict_label'].upper()}: {found['title']}")
    say(found["reason"])
    say("Artikel: " + "; ".join(found["articles"]))
    say(f"Wie beslist: {found['decides']}")
    for source in found["sources"]:
        say(f"Bron: {source['title']} ({source['where']}), {source['checked']}")
    say(NO_ADVICE)
    if written:
        say(f"Conceptafspraak: {written}. Zij geldt nog op geen enkele dag; vul haar in.")
    if found["draft"] and step.outcome is not None and step.outcome.verdict is Allowed.ASK:
        say("Hierop is nog geen ja gezegd: de afspraak en haar grondslag zijn een voorstel. Vraag het eerst na.")
    if found["draft"] and not written:
        say("Er hoort een conceptafspraak bij: doe er --draft BESTAND bij.")


def _given(answers: list[str]) -> dict[str, str]:
    parted = [each.partition("=") for each in answers]
    if any(not sign for _, sign, _ in parted):
        raise AgreementError("Schrijf een antwoord als vraag=antwoord, zoals bron=politie.")
    return {question.strip(): chosen.strip() for question, _, chosen in parted}


def _check_asked(step: Step, given: dict[str, str]) -> None:
    """Refuse an answer to a question that was not asked: it would count for nothing."""
    unasked = [name for name in given if name not in step.answers]
    if unasked:
        now = f"Nu wordt gevraagd: {step.name}." if step.question is not None else "Er is al een uitkomst."
        raise AgreementError(
            f"‘{unasked[0]}’ is op deze weg niet gevraagd. {now} Begin zonder --answer om te zien wat."
        )


def _asked(rules: MayRules, step: Step) -> Step:
    """Ask until there is an outcome."""
    while step.question is not None:
        say(step.question.text)
        if step.question.help:
            say(f"  {step.question.help}")
        for number, each in enumerate(step.question.answers, start=1):
            say(f"  {number}. {each.text}")
        chosen = typer.prompt("Uw antwoord (nummer)", type=int, err=True)
        if not 1 <= chosen <= len(step.question.answers):
            warn(f"Kies een nummer van 1 tot en met {len(step.question.answers)}.")
            continue
        step = walk(rules, step.answers | {step.name: step.question.answers[chosen - 1].id})
    return step


def _next(step: Step, *, json: bool) -> None:
    """Tell which question comes now."""
    question: Any = step.question
    if json:
        answers = [{"id": each.id, "text": each.text} for each in question.answers]
        say_json({"question": step.name, "text": question.text, "help": question.help, "answers": answers})
        return
    say(question.text)
    for each in question.answers:
        say(f"  --answer {step.name}={each.id}   {each.text}")
