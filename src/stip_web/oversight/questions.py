# SPDX-License-Identifier: EUPL-1.2
"""Open legal questions: the shipped ones and the town's own, each with an owner, a date and its whole history."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, ClassVar

from django.utils.text import slugify

from stip.agreements import personal_in
from stip.errors import StipError
from stip.words import visible
from stip_web.accounts.permissions import Permission as May
from stip_web.audit.actions import Action
from stip_web.oversight.models import QuestionLine

OWNERS = {
    "fg": "functionaris gegevensbescherming",
    "bestuur": "bestuur",
    "coordinator": "coördinator",
    "analist": "analist",
}
"""Who has to answer: a role, never a name."""
PUBLICATION = "publication"
State = QuestionLine.State
CLOSED = (State.ANSWERED, State.DROPPED)
_LONGEST = 600


class QuestionError(StipError):
    """A line about a question that will not do."""


@dataclass(frozen=True)
class Question:
    """One question as it stands.

    Attributes
    ----------
    slug, title : str
    why, articles : str
        Why it is open, and where in the law; empty of the town's own.
    owner : str
        Code of the role that has to answer.
    due : date, optional
    state : str
    answer : str
    lines : tuple of QuestionLine
        Its history, newest first.
    about : str
        What should wait for the answer, such as `PUBLICATION`; empty when nothing in particular does.
    """

    slug: str
    title: str
    why: str
    articles: str
    owner: str
    due: date | None
    state: str
    answer: str
    lines: tuple[QuestionLine, ...]
    about: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to answer."""
        return self.state not in CLOSED

    @property
    def owner_in_words(self) -> str:
        """The role that has to answer."""
        return OWNERS.get(self.owner, self.owner)

    @property
    def state_in_words(self) -> str:
        """How it stands."""
        return str(State(self.state).label)

    def late(self, today: date) -> bool:
        """Whether the answer should have been there."""
        return self.is_open and self.due is not None and self.due < today


@cache
def shipped() -> tuple[dict[str, str], ...]:
    """Give the questions that come with Stip."""
    text = (resources.files("stip_web.oversight") / "questions.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["question"])


def questions() -> list[Question]:
    """Give every question: open ones first, with the first date on top."""
    lines: dict[str, list[QuestionLine]] = {}
    for line in QuestionLine.objects.all():
        lines.setdefault(line.slug, []).append(line)
    known = {each["slug"]: each for each in shipped()}
    for slug, of_one in lines.items():
        known.setdefault(slug, {"slug": slug, "title": of_one[-1].title, "owner": of_one[-1].owner})
    found = [_of(each, tuple(lines.get(slug, ()))) for slug, each in known.items()]
    return sorted(found, key=lambda each: (not each.is_open, each.due or date.max, each.title))


def open_about(what: str) -> list[Question]:
    """Give the open questions that something should wait for."""
    return [each for each in questions() if each.is_open and each.about == what]


def _of(said: dict[str, str], lines: tuple[QuestionLine, ...]) -> Question:
    last = lines[0] if lines else None
    return Question(
        slug=said["slug"],
        title=said["title"],
        why=said.get("why", ""),
        articles=said.get("articles", ""),
        owner=last.owner if last else said["owner"],
        due=last.due if last else None,
        state=last.state if last else State.OPEN,
        answer=last.answer if last else "",
        lines=lines,
        about=said.get("about", ""),
    )


@dataclass
class WriteQuestion(Action[QuestionLine]):
    """Write how a question stands: owner, date, state and answer. What stood before stays."""

    action: ClassVar[str] = "question.write"
    label: ClassVar[str] = "Juridische vraag bijgewerkt"
    permission: ClassVar[tuple[May, ...]] = (May.RULES_APPROVE,)
    slug: str = field(kw_only=True)
    title: str = field(kw_only=True)
    owner: str = field(kw_only=True)
    due: date | None = field(kw_only=True)
    state: str = field(kw_only=True)
    answer: str = field(kw_only=True)

    def check(self) -> None:
        """Refuse names of people, an answer without words, and an open question without a date."""
        self.answer = _tidy(self.answer)
        if self.owner not in OWNERS:
            raise QuestionError("Kies welke rol antwoord geeft.")
        if self.state not in State.values:
            raise QuestionError("Kies hoe de vraag ervoor staat.")
        if self.state in CLOSED and not self.answer:
            raise QuestionError("Schrijf het antwoord op, of waarom de vraag niet meer nodig is.")
        if self.state not in CLOSED and self.due is None:
            raise QuestionError("Zet er een datum bij. Een vraag zonder datum blijft liggen.")

    def change(self) -> QuestionLine:
        """Add the line."""
        self.subject = self.slug
        self.details = {"owner": self.owner, "state": self.state, "due": self.due and self.due.isoformat()}
        return QuestionLine.objects.create(
            actor=self.actor,
            roles=self.actor.role_names[:200],
            slug=self.slug,
            title=self.title[:200],
            owner=self.owner,
            due=self.due,
            state=self.state,
            answer=self.answer,
        )


@dataclass
class AskQuestion(WriteQuestion):
    """Put a question of the town's own on the list."""

    action: ClassVar[str] = "question.ask"
    label: ClassVar[str] = "Juridische vraag gesteld"
    permission: ClassVar[tuple[May, ...]] = (May.RULES_APPROVE, May.RULES_PROPOSE)
    slug: str = field(default="", kw_only=True)
    state: str = field(default=State.OPEN, kw_only=True)
    answer: str = field(default="", kw_only=True)

    def check(self) -> None:
        """Refuse an empty question, or one that is there already."""
        self.title = _tidy(self.title)
        self.slug = slugify(self.title)[:60].strip("-")
        if not self.slug:
            raise QuestionError("Schrijf de vraag op, in één zin.")
        if any(each.slug == self.slug for each in questions()):
            raise QuestionError("Deze vraag staat al op de lijst.")
        super().check()


def _tidy(text: str) -> str:
    tidy = visible(" ".join(text.split()))
    if len(tidy) > _LONGEST:
        raise QuestionError(f"De tekst telt {len(tidy)} tekens; {_LONGEST} mag. Verwijs naar het stuk zelf.")
    if personal_in(tidy):
        raise QuestionError("In de tekst staat iets dat op een persoon of adres wijst. Noem een rol of een stuk.")
    return tidy


def row_of(question: Question, today: date) -> dict[str, Any]:
    """Give a question as a row of a list."""
    return {
        "title": question.title,
        "owner": question.owner_in_words,
        "due": question.due,
        "state": "te laat" if question.late(today) else question.state_in_words,
        "answer": question.answer,
        "articles": question.articles,
    }
