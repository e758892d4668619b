# SPDX-License-Identifier: EUPL-1.2
"""*Mag dit?*: a guided check for a new source or a new use. The rules stand in ``may.toml``, for everyone to read.

An answer leads to the next question or to an outcome: may, may not, or ask. An outcome names article, reason, source
and who decides. It is no legal advice, and says so. No lawyer has looked at what is shipped: each source says so,
until a town writes in a copy of its own who looked, and when.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import Field, field_validator, model_validator

from stip.errors import AgreementError
from stip.settings import Frozen, read_toml
from stip.store import Workspace
from stip.words import day

_STEER = ("Cc", "Zl", "Zp")
NO_ADVICE = (
    "Dit is geen juridisch advies. Het helpt u de goede vraag te stellen aan wie erover beslist. Wat hier staat, kan "
    "veranderd zijn sinds het is geschreven."
)
NOT_CHECKED = "nog niet nagekeken door een jurist"
TOWN_FILE = "may.toml"
"""In the workspace: the rules as a town has them, with who checked each source."""


class _Said(Frozen):
    """What is shown to people and written in a draft: on one line, without signs that steer."""

    @field_validator("*")
    @classmethod
    def _on_one_line(cls, value: Any) -> Any:
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str) and any(unicodedata.category(sign) in _STEER for sign in text):
                raise ValueError("hier staat een regeleinde of een ander teken dat niet te zien is: haal het weg")
        return value


class Answer(_Said):
    """One way to answer a question: it leads to another question, or to an outcome."""

    id: str = Field(pattern=r"^[a-z_]+$")
    text: str
    next: str = ""
    outcome: str = ""


class Question(_Said):
    """One question, with its answers in the order in which they are shown."""

    text: str
    help: str = ""
    answers: tuple[Answer, ...] = Field(min_length=2)


class Allowed(StrEnum):
    """What comes out."""

    MAY = "may"
    MAY_NOT = "may_not"
    ASK = "ask"

    @property
    def label(self) -> str:
        """What it is called on screen."""
        return {"may": "mag", "may_not": "mag niet", "ask": "vraag het na"}[self.value]


class Source(_Said):
    """Where a rule stands, and who held the rules against it.

    Attributes
    ----------
    title, where : str
    checked_by : str
        Which function looked (a lawyer of the town, say), never a name; empty when nobody did.
    checked_on : date, optional
        When; None when nobody did.
    """

    title: str
    where: str
    checked_by: str = ""
    checked_on: date | None = None

    @model_validator(mode="after")
    def _by_and_on(self) -> Source:
        if bool(self.checked_by.strip()) is (self.checked_on is None):
            raise ValueError("zet checked_by en checked_on er samen bij, of allebei niet")
        return self

    @property
    def checked(self) -> str:
        """Whether a lawyer looked, in words."""
        if self.checked_on is None:
            return NOT_CHECKED
        return f"nagekeken door {self.checked_by.strip()} op {day(self.checked_on)}"


class Dated(_Said):
    """A date on which a rule begins to hold, and what it is."""

    on: date
    what: str


class Outcome(_Said):
    """What follows: may or not, by which article, why, and who decides.

    Attributes
    ----------
    sources : tuple of str
        Names of `Source`.
    draft : str
        Which draft agreement fits; empty when none does.
    """

    verdict: Allowed
    title: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    articles: tuple[str, ...] = Field(min_length=1)
    decides: str = Field(min_length=1)
    sources: tuple[str, ...] = Field(min_length=1)
    draft: str = ""


class MayRules(Frozen):
    """All questions and outcomes; refused when a path does not end in an outcome.

    Attributes
    ----------
    first : str
        The question with which it begins.
    written_on : date
        When the makers of the rules last changed them; whether a lawyer looked stands with each source.
    dates, sources, questions, outcomes : dict
        By name.
    """

    first: str
    written_on: date
    dates: dict[str, Dated]
    sources: dict[str, Source]
    questions: dict[str, Question]
    outcomes: dict[str, Outcome]

    @model_validator(mode="after")
    def _answers_lead_on(self) -> MayRules:
        if self.first not in self.questions:
            raise ValueError(f"de eerste vraag ‘{self.first}’ bestaat niet")
        for name, question in self.questions.items():
            ids = [answer.id for answer in question.answers]
            if len(set(ids)) < len(ids):
                raise ValueError(f"bij vraag ‘{name}’ staat een antwoord dubbel")
            for answer in question.answers:
                if bool(answer.next) == bool(answer.outcome):
                    raise ValueError(f"antwoord ‘{name}/{answer.id}’ leidt niet naar één vraag of één uitkomst")
                if answer.next and answer.next not in self.questions:
                    raise ValueError(f"antwoord ‘{name}/{answer.id}’ leidt naar een vraag die niet bestaat")
                if answer.outcome and answer.outcome not in self.outcomes:
                    raise ValueError(f"antwoord ‘{name}/{answer.id}’ leidt naar een uitkomst die niet bestaat")
        return self

    @model_validator(mode="after")
    def _no_circle_and_nothing_loose(self) -> MayRules:
        met: set[str] = set()

        def follow(name: str, before: tuple[str, ...]) -> None:
            if name in before:
                raise ValueError(f"vraag ‘{name}’ komt in een kring op zichzelf terug")
            if name in met:
                return
            met.add(name)
            for answer in self.questions[name].answers:
                if answer.next:
                    follow(answer.next, (*before, name))
                else:
                    met.add(answer.outcome)

        follow(self.first, ())
        loose = sorted({*self.questions, *self.outcomes} - met)
        if loose:
            raise ValueError(f"niets leidt naar ‘{loose[0]}’")
        return self

    @model_validator(mode="after")
    def _founded(self) -> MayRules:
        for name, outcome in self.outcomes.items():
            unknown = set(outcome.sources) - set(self.sources)
            if unknown:
                raise ValueError(f"uitkomst ‘{name}’ noemt een bron die er niet is: {min(unknown)}")
            for text in (outcome.reason, *outcome.articles):
                try:
                    self.dated(text)
                except KeyError as error:
                    raise ValueError(f"uitkomst ‘{name}’ noemt een datum die er niet is: {error.args[0]}") from None
            if outcome.verdict is Allowed.MAY_NOT and outcome.draft:
                raise ValueError(f"bij uitkomst ‘{name}’ hoort geen afspraak: het mag niet")
        return self

    def dated(self, text: str) -> str:
        """Return a text with its dates written out."""
        return text.format_map({name: day(each.on) for name, each in self.dates.items()})


@dataclass(frozen=True)
class Step:
    """Where somebody is.

    Attributes
    ----------
    trail : tuple of (str, Question, Answer)
        What was asked and answered, in order.
    name : str
        Of the question that comes now, or of the outcome.
    question : Question or None
    outcome : Outcome or None
        One of the two.
    """

    trail: tuple[tuple[str, Question, Answer], ...]
    name: str
    question: Question | None
    outcome: Outcome | None

    @property
    def answers(self) -> dict[str, str]:
        """What was answered, by question."""
        return {name: answer.id for name, _, answer in self.trail}


def load_rules(path: Path | None = None) -> MayRules:
    """Read the rules; those that come with Stip unless a town has its own.

    Raises
    ------
    SettingsError
        When they do not fit; the message says which question or outcome.
    """
    return _shipped() if path is None else read_toml(path, MayRules)


def rules_of(workspace: Workspace) -> MayRules:
    """Read the rules a workspace goes by: its own when it has a ``may.toml``, else those that come with Stip.

    Raises
    ------
    SettingsError
        When its own do not fit.
    """
    own = workspace.root / TOWN_FILE
    return load_rules(own if own.exists() else None)


@cache
def _shipped() -> MayRules:
    with resources.as_file(resources.files("stip.agreements") / "may.toml") as path:
        return read_toml(path, MayRules)


def walk(rules: MayRules, answers: Mapping[str, str]) -> Step:
    """Follow the answers from the first question on, as far as they go.

    Parameters
    ----------
    answers : mapping of str to str
        Answer by question; one to a question that does not come up is left alone.

    Raises
    ------
    AgreementError
        When a question has no such answer. What was given is not repeated.
    """
    trail: list[tuple[str, Question, Answer]] = []
    name = rules.first
    while True:
        question = rules.questions[name]
        given = answers.get(name)
        if given is None:
            return Step(tuple(trail), name, question, None)
        found = next((answer for answer in question.answers if answer.id == given), None)
        if found is None:
            known = ", ".join(answer.id for answer in question.answers)
            raise AgreementError(f"Dat antwoord kan niet bij vraag ‘{name}’. Kies uit {known}.")
        trail.append((name, question, found))
        if found.outcome:
            return Step(tuple(trail), found.outcome, None, rules.outcomes[found.outcome])
        name = found.next


def every_path(rules: MayRules) -> Iterator[Step]:
    """Go down every path there is, each to its outcome."""

    def down(answers: dict[str, str]) -> Iterator[Step]:
        step = walk(rules, answers)
        if step.question is None:
            yield step
            return
        for answer in step.question.answers:
            yield from down(answers | {step.name: answer.id})

    yield from down({})


def in_words(rules: MayRules, step: Step) -> dict[str, Any]:
    """Return an outcome as pages and programs show it, dates written out.

    Raises
    ------
    AgreementError
        When the questions are not done yet.
    """
    outcome = step.outcome
    if outcome is None:
        raise AgreementError(f"Vraag ‘{step.name}’ is nog niet beantwoord.")
    return {
        "outcome": step.name,
        "verdict": str(outcome.verdict),
        "verdict_label": outcome.verdict.label,
        "title": outcome.title,
        "reason": rules.dated(outcome.reason),
        "articles": [rules.dated(article) for article in outcome.articles],
        "decides": outcome.decides,
        "sources": [
            {
                "title": source.title,
                "where": source.where,
                "checked_by": source.checked_by,
                "checked_on": source.checked_on,
                "checked": source.checked,
            }
            for source in (rules.sources[name] for name in outcome.sources)
        ],
        "written_on": rules.written_on,
        "answers": step.answers,
        "draft": bool(outcome.draft),
        "advice": NO_ADVICE,
    }
