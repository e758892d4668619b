# SPDX-License-Identifier: EUPL-1.2
"""What knowing something obliges to: a rule for each kind of signal, and the partners it can be handed to."""

from __future__ import annotations

import re
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from stip.settings.base import Frozen

SHAREABLE = {
    "category": "wat er aan de hand is",
    "week": "de week",
    "area": "de wijk of buurt",
    "place": "de precieze plek",
}
"""What a partner can be told of a signal, by code; there is nothing else in it."""

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_PATH = re.compile(r"[a-z0-9-]+/[a-z0-9-]+")


class Partner(Frozen):
    """Who a signal can be handed to.

    Attributes
    ----------
    label : str
        What it is called on screen.
    way : str
        ``form``: a text to copy in an e-mail; ``signalen``: the open API of Signalen, when ``signalen_url`` is set.
    """

    label: str = Field(min_length=1, max_length=60)
    way: Literal["form", "signalen"] = "form"


class SignalRule(Frozen):
    """What is asked of one kind of signal.

    Attributes
    ----------
    label : str
        What the kind is called on screen.
    days : int
        Within how many days somebody must decide.
    decides : tuple of str
        Roles that may decide: ``coordinator``, ``analist``, ``lid``, ``fg``, ``bestuur``, or the code of a role of
        the town's own.
    partners : tuple of str
        To whom it may be handed.
    may_share : tuple of str
        What a partner may be told: ``category``, ``week``, ``area``, ``place``.
    categories : dict of str to str
        What can be the matter, by code; empty for ``unvisited``, where it is the type of crime.
    """

    label: str = Field(min_length=1, max_length=60)
    days: int = Field(ge=1, le=366)
    decides: tuple[str, ...]
    partners: tuple[str, ...] = ()
    may_share: tuple[str, ...] = ("category", "week", "area", "place")
    categories: dict[str, str] = Field(default_factory=dict)

    @field_validator("decides")
    @classmethod
    def _somebody(cls, roles: tuple[str, ...]) -> tuple[str, ...]:
        if not roles:
            raise ValueError("niemand mag hier besluiten; noem ten minste één rol, zoals coordinator")
        return _codes(roles)

    @field_validator("may_share")
    @classmethod
    def _only_what_is_there(cls, shared: tuple[str, ...]) -> tuple[str, ...]:
        wrong = [code for code in shared if code not in SHAREABLE]
        if wrong or "category" not in shared:
            said = f"‘{wrong[0]}’ ken ik niet" if wrong else "‘category’ ontbreekt; zonder weet een partner niets"
            raise ValueError(f"{said}; kies uit {', '.join(SHAREABLE)}")
        return shared

    @field_validator("categories")
    @classmethod
    def _plain_codes(cls, categories: dict[str, str]) -> dict[str, str]:
        _codes(tuple(categories))
        return categories


def _codes(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if not _CODE.fullmatch(name):
            raise ValueError(f"‘{name}’ kan geen code zijn; gebruik kleine letters en _, zoals coordinator")
    return names


DEFAULT_RULES: dict[str, dict[str, Any]] = {
    "offence": {
        "label": "Strafbaar feit",
        "days": 1,
        "decides": ("coordinator",),
        "partners": ("police",),
        "categories": {
            "sporen": "Sporen van een inbraak",
            "vernieling": "Iets is met opzet vernield",
            "gevonden": "Gevonden spullen",
            "anders": "Iets anders dat strafbaar kan zijn",
        },
    },
    "help": {
        "label": "Hulp",
        "days": 2,
        "decides": ("coordinator",),
        "partners": ("care",),
        "may_share": ("category", "week", "area"),
        "categories": {
            "hulp": "Iemand lijkt hulp te kunnen gebruiken",
            "slaapplek": "Iemand lijkt geen slaapplek te hebben",
            "onveilig": "Iemand lijkt zich niet veilig te voelen",
        },
    },
    "space": {
        "label": "Openbare ruimte",
        "days": 5,
        "decides": ("coordinator",),
        "partners": ("maintenance",),
        "categories": {
            "lamp": "Kapotte lamp",
            "afval": "Afval",
            "groen": "Groen dat het zicht wegneemt",
            "stuk": "Iets is stuk",
            "anders": "Iets anders in de openbare ruimte",
        },
    },
    "unvisited": {
        "label": "Bovenste vakken zonder bezoek",
        "days": 7,
        "decides": ("coordinator",),
        "partners": ("police", "maintenance"),
        "may_share": ("category", "week", "area"),
    },
}
"""The table that a town starts with."""

_PARTNERS = {
    "maintenance": Partner(label="Beheer openbare ruimte", way="signalen"),
    "police": Partner(label="Politie"),
    "care": Partner(label="Zorg en welzijn"),
}
_SUB_CATEGORIES = {
    "lamp": "wegen-verkeer-straatmeubilair/lantaarnpaal-straatverlichting",
    "afval": "schoon/veeg-zwerfvuil",
}


class SignalRules(Frozen):
    """The rule of each kind; what is left out of one keeps the default of that kind.

    Attributes
    ----------
    offence : SignalRule
        A criminal offence.
    help : SignalRule
        Somebody may need help: the category and the neighbourhood are known, and nothing else.
    space : SignalRule
        Something is wrong in public space.
    unvisited : SignalRule
        Top cells of the outlook that got no visit in their week.
    """

    offence: SignalRule
    help: SignalRule
    space: SignalRule
    unvisited: SignalRule

    @model_validator(mode="before")
    @classmethod
    def _defaults_of_each_kind(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        told = {
            kind: default | given[kind] if isinstance(given.get(kind), dict) else given.get(kind, default)
            for kind, default in DEFAULT_RULES.items()
        }
        return given | told

    @field_validator("help")
    @classmethod
    def _help_has_no_place(cls, rule: SignalRule) -> SignalRule:
        if "place" in rule.may_share:
            raise ValueError("bij hulp wordt de precieze plek niet bewaard en niet gedeeld; haal ‘place’ weg")
        return rule

    def by_kind(self) -> dict[str, SignalRule]:
        """Return each rule by its kind, in the order of the table."""
        return {kind: getattr(self, kind) for kind in DEFAULT_RULES}


class SignalSettings(Frozen):
    """What is done with a signal, by when, by whom, and what a partner may be told.

    Attributes
    ----------
    rules : SignalRules
        A table for each kind of signal, such as ``[signals.rules.help]``: ``label``, ``days`` to decide in,
        ``decides`` (roles), ``partners``, ``may_share`` (``category``, ``week``, ``area``, ``place``) and
        ``categories``. The kinds are ``offence``, ``help``, ``space`` and ``unvisited``. For ``help`` no exact place
        is kept or shared.
    partners : dict of str to Partner
        A table for each partner, such as ``[signals.partners.police]``: ``label`` and ``way`` (``form`` or
        ``signalen``).
    soon_days : int
        A signal is called due soon so many days before its date.
    tier : int
        Which cells of the outlook must be visited or decided on: the top so many per cent, 1, 3 or 5.
    signalen_url : str
        Where the town's Signalen is, such as ``https://meldingen.stad.example``; empty when it has none, and then a
        text is made to copy. A host on the own network must also stand in ``intake.service.private_hosts``.
    signalen_seconds : float
        Longest time to wait for Signalen.
    signalen_categories : dict of str to str
        Main and sub category in Signalen by our category, such as ``schoon/veeg-zwerfvuil``; what is left out goes
        to ``overig/overig``.
    """

    rules: SignalRules = Field(default_factory=lambda: SignalRules.model_validate({}))
    partners: dict[str, Partner] = Field(default_factory=lambda: dict(_PARTNERS))
    soon_days: int = Field(2, ge=0, le=60)
    tier: Literal[1, 3, 5] = 1
    signalen_url: str = ""
    signalen_seconds: float = Field(10, gt=0, le=60)
    signalen_categories: dict[str, str] = Field(default_factory=lambda: dict(_SUB_CATEGORIES))

    @field_validator("partners")
    @classmethod
    def _plain_names(cls, partners: dict[str, Partner]) -> dict[str, Partner]:
        _codes(tuple(partners))
        return partners

    @field_validator("signalen_url")
    @classmethod
    def _a_web_address(cls, url: str) -> str:
        if not url:
            return url
        try:
            parts = urlsplit(url)
            strange = parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0
        except ValueError:
            strange = True
        if strange or parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError(
                "dit is geen webadres; schrijf alleen waar Signalen staat, zoals https://meldingen.stad.nl"
            )
        return url.rstrip("/")

    @field_validator("signalen_categories")
    @classmethod
    def _two_names(cls, categories: dict[str, str]) -> dict[str, str]:
        for path in categories.values():
            if not _PATH.fullmatch(path):
                raise ValueError(
                    f"‘{path}’ heeft niet de vorm hoofdcategorie/subcategorie, zoals schoon/veeg-zwerfvuil"
                )
        return categories

    @model_validator(mode="after")
    def _partners_exist(self) -> SignalSettings:
        for kind, rule in self.rules.by_kind().items():
            for name in rule.partners:
                if name not in self.partners:
                    known = ", ".join(self.partners) or "geen"
                    raise ValueError(f"rules.{kind} noemt partner ‘{name}’; bekend zijn: {known}")
        for name in self.rules.help.partners:
            if self.partners[name].way == "signalen":
                raise ValueError(
                    f"rules.help geeft hulp door aan ‘{name}’, en die krijgt meldingen via Signalen; daar hoort een "
                    'punt op de kaart bij. Kies een partner met way = "form"'
                )
        return self
