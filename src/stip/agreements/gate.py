# SPDX-License-Identifier: EUPL-1.2
"""The gate: what an agreement does not name does not come in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from stip.agreements.forbidden import names_person
from stip.agreements.headings import heading_key
from stip.agreements.keys import KeyRing
from stip.agreements.model import NEEDS, Agreement, Role
from stip.agreements.personal import find_any_personal, find_personal
from stip.errors import AgreementError
from stip.settings import Settings

NOT_DECLARED = "staat niet in de afspraak"
_LONGEST_HEADING = 60


@dataclass(frozen=True)
class Refusal:
    """A column that does not come in.

    Attributes
    ----------
    heading : str
        As the file has it, or ``«kolom 7»`` when the heading itself may be somebody's data.
    why : str
        In a few Dutch words.
    """

    heading: str
    why: str


def about_persons(headings: Iterable[str]) -> list[str]:
    """Return the headings that are about persons: whoever gets such a column processes it already, read or not."""
    return [heading for heading in headings if names_person(heading)]


@dataclass(frozen=True)
class Admission:
    """What comes in of a file, and what does not.

    Attributes
    ----------
    kept : dict of Role to str
        Heading, as the file has it, by the role that it plays.
    positions : dict of Role to int
        Place of that heading in the file, from 0.
    refused : tuple of Refusal
        Every other column, in the order of the file.
    missing : tuple of str
        Declared headings without which the source cannot be used.
    """

    kept: dict[Role, str]
    positions: dict[Role, int]
    refused: tuple[Refusal, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Gate:
    """Enforces one agreement on one file.

    Attributes
    ----------
    agreement : Agreement
    settings : Settings
    keys : KeyRing, optional
        Only for sources with numbers of reports.
    """

    agreement: Agreement
    settings: Settings
    keys: KeyRing | None = None

    def admit(self, headings: list[str]) -> Admission:
        """Decide for each column of a file whether it comes in, by its heading alone."""
        spots: dict[str, list[int]] = {}
        for place, heading in enumerate(headings):
            spots.setdefault(heading_key(heading), []).append(place)
        positions: dict[Role, int] = {}
        for declared, column in self.agreement.columns.items():
            named = (heading_key(name) for name in (declared, *column.names))
            found = next((spots[key][0] for key in named if key in spots), None)
            if found is not None and found not in positions.values():
                positions[column.role] = found
        return Admission(
            kept={role: headings[place] for role, place in positions.items()},
            positions=positions,
            refused=self._refusals(headings, set(positions.values())),
            missing=self._missing(set(positions)),
        )

    def coarsen(
        self, x_m: pd.Series | np.ndarray, y_m: pd.Series | np.ndarray
    ) -> tuple[pd.Series | np.ndarray, pd.Series | np.ndarray]:
        """Move points to the middle of squares of the agreed precision, laid from the origin of the town's grid."""
        square = self.agreement.precision_m
        if square == 0:
            return x_m, y_m
        town = self.settings.town
        return (
            np.floor((x_m - town.origin_x_m) / square) * square + town.origin_x_m + square / 2,
            np.floor((y_m - town.origin_y_m) / square) * square + town.origin_y_m + square / 2,
        )

    def hash_ids(self, ids: pd.Series) -> pd.Series:
        """Return our number for each number of the source."""
        return self._keys().hash_ids(ids, source=self.agreement.source)

    def hash_ids_all(self, ids: pd.Series) -> dict[str, pd.Series]:
        """Return our numbers under every key of the workspace, the active one first."""
        return self._keys().hash_ids_all(ids, source=self.agreement.source)

    def find_personal(self, text: pd.Series) -> pd.Series:
        """Say for each text which kind of personal data it holds; missing when none was found."""
        return find_personal(text)

    def _keys(self) -> KeyRing:
        if self.keys is None:
            raise AgreementError(f"Voor de bron ‘{self.agreement.source}’ is geen sleutel meegegeven aan de poort.")
        return self.keys

    def _refusals(self, headings: list[str], kept: set[int]) -> tuple[Refusal, ...]:
        why = {heading_key(name): reason for name, reason in self.agreement.why_refused.items()}
        declared = {
            heading_key(name)
            for heading, column in self.agreement.columns.items()
            for name in (heading, *column.names)
        }
        # When nothing fits, the first line may be data and not headings; then none of it is shown.
        trusted = bool(kept) or any(heading_key(heading) in why for heading in headings)
        personal = find_any_personal(pd.Series(headings, dtype="string")).notna().to_numpy()
        refused = []
        for place, heading in enumerate(headings):
            if place in kept:
                continue
            key = heading_key(heading)
            if key in declared:
                refused.append(Refusal(heading, "deze kolom is er al onder een andere naam of voor de tweede keer"))
            elif key in why:
                refused.append(Refusal(heading, why[key]))
            else:
                shown = trusted and not personal[place] and _looks_like_heading(heading)
                refused.append(Refusal(heading.strip() if shown else f"«kolom {place + 1}»", NOT_DECLARED))
        return tuple(refused)

    def _missing(self, roles: set[Role]) -> tuple[str, ...]:
        missing: list[str] = []
        for ways in NEEDS[self.agreement.kind]:
            declared = [way for way in ways if all(self.agreement.column_of(role) for role in way)]
            if not declared or any(set(way) <= roles for way in declared):
                continue
            missing += [str(self.agreement.column_of(role)) for role in declared[0] if role not in roles]
        return tuple(dict.fromkeys(missing))


def _looks_like_heading(heading: str) -> bool:
    text = heading.strip()
    digits = sum(sign.isdigit() for sign in text)
    return (
        0 < len(text) <= _LONGEST_HEADING
        and digits * 2 < len(text)
        and not re.search(r"[0-9]{5}|@|[0-9]{4} ?[A-Za-z]{2}\b", text)
    )
