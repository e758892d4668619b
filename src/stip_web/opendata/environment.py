# SPDX-License-Identifier: EUPL-1.2
"""What the environment says of the open data: under which licence it goes, and whom to write to."""

from __future__ import annotations

import os
from functools import cache

from pydantic import Field

from stip.settings import Frozen, checked


class OpenDataEnvironment(Frozen):
    """Settings of the open data; each is a variable ``STIP_OPENDATA_…``.

    Attributes
    ----------
    licence : str
        Address of the licence.
    licence_name : str
        What it is called on the page.
    email : str
        Where questions about the data go; without it, the page *Reageer*.
    """

    licence: str = Field("https://creativecommons.org/licenses/by/4.0/", pattern=r"^https?://[\x21-\x7e]{4,200}$")
    licence_name: str = Field("CC BY 4.0", min_length=2, max_length=80)
    email: str = Field("", pattern=r"^([^@\s<>\"]{1,64}@[^@\s<>\"]{3,190})?$")


@cache
def opendata_environment() -> OpenDataEnvironment:
    """Read the settings of the open data, once.

    Raises
    ------
    SettingsError
        When one does not fit; the sentence names the variable.
    """
    fields = {
        name: value
        for name in OpenDataEnvironment.model_fields
        if (value := os.environ.get(f"STIP_OPENDATA_{name.upper()}"))
    }
    return checked(fields, OpenDataEnvironment, "De omgeving (variabelen STIP_OPENDATA_…)")
