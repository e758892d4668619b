# SPDX-License-Identifier: EUPL-1.2
"""The municipality's own look: design tokens in ``theme.toml`` of the workspace, over the neutral theme."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from django.conf import settings

from stip.errors import SettingsError

_TOKEN = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
_VALUE = re.compile(r"[#a-zA-Z0-9 .,%()'\"-]{1,120}")


def theme_css() -> str:
    """Give a style sheet with the tokens of ``theme.toml``; empty when there is none.

    Raises
    ------
    SettingsError
        When a token or its value is not one.
    """
    path = Path(settings.STIP_WORKSPACE) / "theme.toml"
    if not path.is_file():
        return ""
    try:
        tokens = tomllib.loads(path.read_text(encoding="utf-8")).get("tokens", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError("theme.toml is geen TOML. Zie de handleiding bij ‘Huisstijl’.") from error
    for name, value in tokens.items():
        if not _TOKEN.fullmatch(name) or not isinstance(value, str) or not _VALUE.fullmatch(value):
            raise SettingsError(f"theme.toml: ‘{name}’ is geen token met een waarde van NL Design System.")
    lines = "".join(f"  --{name}: {value};\n" for name, value in tokens.items())
    return f".voorbeeld-theme {{\n{lines}}}\n"
