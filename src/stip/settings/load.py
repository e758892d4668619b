# SPDX-License-Identifier: EUPL-1.2
"""Reading and writing ``stip.toml``."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

import tomli_w
from pydantic import BaseModel, Field, ValidationError, field_validator, model_validator

from stip.errors import BrokenSettings, SettingsError
from stip.settings.base import Frozen
from stip.settings.dutch import entry_in_dutch, toml_in_dutch
from stip.settings.signals import SignalSettings
from stip.settings.stages import (
    IntakeSettings,
    LearnSettings,
    LinkSettings,
    OutlookSettings,
    PlanSettings,
)
from stip.settings.town import SEED_TYPES, CrimeType, Dwellings, Town

Model = TypeVar("Model", bound=BaseModel)
_KEY = re.compile(r"[a-z_][a-z0-9_]*")


class Settings(Frozen):
    """All settings of a workspace, as they stand in ``stip.toml``."""

    town: Town
    crime_types: dict[str, CrimeType] = Field(default_factory=lambda: dict(SEED_TYPES))
    dwellings: Dwellings = Dwellings()
    intake: IntakeSettings = IntakeSettings()
    link: LinkSettings = LinkSettings()
    outlook: OutlookSettings = OutlookSettings()
    plan: PlanSettings = PlanSettings()
    signals: SignalSettings = Field(default_factory=SignalSettings)
    learn: LearnSettings = LearnSettings()

    @field_validator("crime_types")
    @classmethod
    def _plain_keys(cls, types: dict[str, CrimeType]) -> dict[str, CrimeType]:
        if not types:
            raise ValueError("hier staat niets; noem ten minste één soort, zoals [crime_types.bicycle_theft]")
        for key in types:
            if not _KEY.fullmatch(key):
                raise ValueError(f"‘{key}’ kan geen naam zijn; gebruik kleine letters en _, zoals bicycle_theft")
        return types

    @field_validator("crime_types")
    @classmethod
    def _one_type_a_code(cls, types: dict[str, CrimeType]) -> dict[str, CrimeType]:
        """Refuse a code of two types: the last would quietly take the reports of the first."""
        taken: dict[str, str] = {}
        for key, kind in types.items():
            for code in kind.codes:
                first = taken.setdefault(code.strip().casefold(), key)
                if first != key:
                    raise ValueError(
                        f"code ‘{code.strip()}’ staat bij ‘{first}’ en bij ‘{key}’; laat hem bij één soort staan"
                    )
        return types

    @field_validator("crime_types")
    @classmethod
    def _reporting_is_said(cls, types: dict[str, CrimeType]) -> dict[str, CrimeType]:
        """Let nobody forget to say that the police find a type themselves: only then is it refused as a target."""
        for key, kind in types.items():
            if key not in SEED_TYPES and "reporting" not in kind.model_fields_set:
                raise ValueError(
                    f'bij de soort ‘{key}’ ontbreekt reporting; schrijf reporting = "breng" als bewoners dit melden, '
                    'of "haal" als de politie het vooral zelf vindt'
                )
        return types

    @model_validator(mode="after")
    def _targets_exist(self) -> Settings:
        for target in self.outlook.targets:
            if target not in self.crime_types:
                known = ", ".join(sorted(self.crime_types))
                raise ValueError(f"outlook.targets noemt ‘{target}’; bekend zijn {known}")
        return self


def read_toml(path: Path, model: type[Model], *, name: str = "") -> Model:
    """Read a TOML file into a settings object.

    Parameters
    ----------
    name : str
        What to call the file in a message, such as its path within the workspace; the name of the file when left out.

    Raises
    ------
    BrokenSettings
        When the file is missing, is no TOML, or does not fit; the message names the entry.
    """
    name = name or path.name
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise BrokenSettings(f"{name} bestaat niet.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BrokenSettings(f"{name} is geen geldig TOML-bestand: {toml_in_dutch(error)}.") from None
    except (RecursionError, ValueError):  # what the reader of TOML itself falls over
        raise BrokenSettings(
            f"{name} is geen geldig TOML-bestand: er staat een te groot getal in, of te "
            "veel haken of punten in elkaar."
        ) from None
    except OSError as error:
        raise BrokenSettings(f"{name} is niet te lezen: {error.strerror}.") from None
    try:
        return checked(content, model, name)
    except SettingsError as error:
        raise BrokenSettings(str(error)) from None


def checked(content: dict[str, Any], model: type[Model], said_in: str) -> Model:
    """Return what was written as a settings object.

    Parameters
    ----------
    said_in : str
        Where it was written, for the message.

    Raises
    ------
    SettingsError
        When it does not fit; the message names the entry.
    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "het bestand"
        raise SettingsError(f"{said_in}, bij {where}: {entry_in_dutch(first)}.") from None


def write_toml(model: BaseModel) -> str:
    """Return a settings object as TOML text."""
    return tomli_w.dumps(model.model_dump(mode="json", exclude_none=True))
