# SPDX-License-Identifier: EUPL-1.2
"""A document as parts that any format can show: headings, text with notes, lists, tables and open questions.

Each fact that a text names gets a number; the list of notes tells what it is, where it comes from and in which frozen
run it stands. So a reader can follow every figure, and a fact that changes, changes everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Formatter

from stip.publish.register.named import Fact, filled

SOURCES_TITLE = "Waar komen de gegevens vandaan?"


@dataclass(frozen=True)
class Mark:
    """The number of a note, in a text."""

    number: int


Text = tuple[str | Mark, ...]
"""A text, with the numbers of notes in it."""


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is a part, level 2 a question of the model."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    text: Text


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[Text, ...]


@dataclass(frozen=True)
class Rows:
    """A table.

    Attributes
    ----------
    headings : tuple of str
    widths : tuple of int
        How wide each column is beside the others.
    rows : tuple of tuple of Text
    """

    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Text, ...], ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """Width of each column, as a share of the page."""
        return tuple(width / sum(self.widths) for width in self.widths)


@dataclass(frozen=True)
class Question:
    """What a person still has to answer: it stays visibly open, with room for the answer.

    Attributes
    ----------
    who : str
        Who answers, by function.
    text : str
    """

    who: str
    text: str


Block = Heading | Paragraph | Bullets | Rows | Question


@dataclass(frozen=True)
class Note:
    """What stands behind a number: the fact, as it was when the document was made."""

    number: int
    fact: Fact


@dataclass(frozen=True)
class Document:
    """A document, ready to be written in any format.

    Attributes
    ----------
    name : str
        Of its files: ``dpia``.
    title, subtitle, made_on, notice : str
    blocks : tuple of Block
    notes : tuple of Note
    """

    name: str
    title: str
    subtitle: str
    made_on: str
    notice: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]

    @property
    def sources(self) -> Rows:
        """The table behind the numbers, one row a note, in their order."""
        rows = [
            ((str(note.number),), (note.fact.label,), (note.fact.text,), (note.fact.origin,), (note.fact.run or "–",))
            for note in self.notes
        ]
        return Rows(("Nr.", "Gegeven", "Waarde", "Herkomst", "Uitkomst"), (1, 4, 6, 4, 4), tuple(rows))

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is still open."""
        return tuple(block for block in self.blocks if isinstance(block, Question))


@dataclass
class Writer:
    """Collects the parts of a document and numbers its notes.

    Attributes
    ----------
    facts : mapping of str to Fact
        What a text may name.
    """

    facts: Mapping[str, Fact]
    blocks: list[Block] = field(default_factory=list)
    notes: dict[str, Note] = field(default_factory=dict)

    def part(self, text: str) -> None:
        """Begin a part."""
        self.blocks.append(Heading(1, text))

    def ask(self, text: str) -> None:
        """Begin the answer to a question of the model."""
        self.blocks.append(Heading(2, text))

    def say(self, *texts: str) -> None:
        """Add paragraphs; each may name facts between braces."""
        self.blocks.extend(Paragraph(self.noted(text)) for text in texts)

    def points(self, *texts: str) -> None:
        """Add a list."""
        self.blocks.append(Bullets(tuple(self.noted(text) for text in texts)))

    def table(self, columns: Mapping[str, int], *rows: tuple[str, ...]) -> None:
        """Add a table.

        Parameters
        ----------
        columns : mapping of str to int
            Heading of each column, and how wide it is beside the others.
        """
        headings, widths = tuple(columns), tuple(columns.values())
        self.blocks.append(Rows(headings, widths, tuple(tuple(self.noted(cell) for cell in row) for row in rows)))

    def open(self, who: str, *texts: str) -> None:
        """Leave questions open for somebody."""
        self.blocks.extend(Question(who, text) for text in texts)

    def noted(self, text: str) -> Text:
        """Return a text with the value of each fact it names, and the number of its note behind it."""
        filled(text, self.facts, "de tekst van het document")  # refuses what is not known
        found: list[str | Mark] = []
        for before, name, _, _ in Formatter().parse(text):
            value = self.facts[name].text if name else ""
            found.append(before + value)
            if name:
                found.append(Mark(self._number(name)))
        return tuple(piece for piece in found if piece)

    def finish(self, name: str, title: str, *, subtitle: str, made_on: str, notice: str) -> Document:
        """Return the document."""
        return Document(name, title, subtitle, made_on, notice, tuple(self.blocks), tuple(self.notes.values()))

    def _number(self, name: str) -> int:
        if name not in self.notes:
            self.notes[name] = Note(len(self.notes) + 1, self.facts[name])
        return self.notes[name].number


def literal(text: str) -> str:
    """Return a text that comes from elsewhere, such that nothing in it is taken for a name of a fact.

    Examples
    --------
    >>> literal("{x}")
    '{{x}}'
    """
    return text.replace("{", "{{").replace("}", "}}")
