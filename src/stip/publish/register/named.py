# SPDX-License-Identifier: EUPL-1.2
"""A fact with a name, and texts that hold such names between braces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from stip.errors import SettingsError
from stip.publish.register.shapes import Figure


@dataclass(frozen=True)
class Fact:
    """One thing that is known.

    Attributes
    ----------
    name : str
        Also the placeholder.
    label, text : str
        What it is called, and its value as it is shown.
    origin : str
        Where it comes from, in words.
    run : str
        Id of the frozen run it was read from; empty when it is a setting or an agreement.
    """

    name: str
    label: str
    text: str
    origin: str
    run: str = ""

    @property
    def figure(self) -> Figure:
        """The same, as it lies in ``explanation.json``."""
        return Figure(name=self.name, label=self.label, value=self.text, origin=self.origin, run=self.run)


def names_in(text: str, where: str) -> list[str]:
    """Return the placeholders of a text, in their order.

    Raises
    ------
    SettingsError
        When braces do not pair, or hold more than a name.
    """
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        raise SettingsError(
            f"{where}: de accolades kloppen niet. Schrijf een naam tussen {{ en }}, zoals {{bewaartermijn}}."
        ) from None
    names = []
    for _, name, form, conversion in parts:
        if name is None:
            continue
        if form or conversion or not name.isidentifier():
            raise SettingsError(
                f"{where}: ‘{{{name}}}’ kan niet. Tussen accolades staat alleen een naam, zoals {{bewaartermijn}}."
            )
        names.append(name)
    return names


def filled(text: str, facts: Mapping[str, Fact], where: str) -> str:
    """Return a text with the value of each fact in place of its name.

    Parameters
    ----------
    where : str
        Where the text stands, for the message: “card.toml, bij texts.goal”.

    Raises
    ------
    SettingsError
        When a name is not known; the message names it and those that are.
    """
    for name in names_in(text, where):
        if name not in facts:
            raise SettingsError(f"{where}: ‘{{{name}}}’ ken ik niet. Kies uit {', '.join(sorted(facts))}.")
    return text.format_map({name: fact.text for name, fact in facts.items()}).strip()
