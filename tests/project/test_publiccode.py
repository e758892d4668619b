# SPDX-License-Identifier: EUPL-1.2
"""``publiccode.yml`` says what version 0.7 of the standard asks, and the same as the package."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, HttpUrl

import stip

ROOT = Path(__file__).resolve().parents[2]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Description(Part):
    localisedName: str = ""  # noqa: N815  the standard's names
    shortDescription: str = Field(min_length=1, max_length=150)  # noqa: N815
    longDescription: str = Field(min_length=150, max_length=10_000)  # noqa: N815
    features: list[str] = Field(min_length=1)
    documentation: HttpUrl | None = None


class Legal(Part):
    license: Literal["EUPL-1.2"]


class Contact(Part):
    name: str
    email: str = ""


class Maintenance(Part):
    type: Literal["internal", "contract", "community", "none"]
    contacts: list[Contact] = Field(min_length=1)


class Localisation(Part):
    localisationReady: bool  # noqa: N815
    availableLanguages: list[Language] = Field(min_length=1)  # noqa: N815


class Audience(Part):
    scope: list[str] = []
    countries: list[Annotated[str, Field(pattern=r"^[A-Z]{2}$")]] = []


class PublicCode(Part):
    publiccodeYmlVersion: Literal["0.7"]  # noqa: N815
    name: str
    url: HttpUrl
    softwareVersion: str  # noqa: N815
    releaseDate: date  # noqa: N815
    platforms: list[str] = Field(min_length=1)
    categories: list[str] = []
    developmentStatus: Literal["concept", "development", "beta", "stable", "obsolete"]  # noqa: N815
    softwareType: Literal[  # noqa: N815
        "standalone/mobile",
        "standalone/iot",
        "standalone/desktop",
        "standalone/web",
        "standalone/backend",
        "standalone/other",
        "addon",
        "library",
        "configurationFiles",
    ]
    intendedAudience: Audience = Audience()  # noqa: N815
    description: dict[Language, Description] = Field(min_length=1)
    legal: Legal
    maintenance: Maintenance
    localisation: Localisation


def test_publiccode_is_valid() -> None:
    content = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    code = PublicCode.model_validate(content)
    assert code.softwareVersion == stip.__version__
    assert "nl" in code.description
