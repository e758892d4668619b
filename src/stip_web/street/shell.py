# SPDX-License-Identifier: EUPL-1.2
"""What the phone keeps to open without a connection: the built files of its pages, by Vite's manifest."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

from stip.errors import SettingsError

_ENTRIES = ("src/site/main.ts", "src/street/main.ts")
_WORKER = "src/street/worker.ts"
_LEFT = (".woff",)  # every browser with a service worker reads woff2


def shell() -> list[str]:
    """Give the address of each file that the pages need."""
    manifest, _ = _manifest()
    files: dict[str, None] = {}
    for entry in _ENTRIES:
        _gather(manifest, entry, files)
    built = [static(f"built/{file}") for file in files if not file.endswith(_LEFT)]
    return [*built, static("stip.svg"), static("straat-192.png"), static("straat-512.png")]


def build() -> str:
    """Give a short text that changes when any built file does."""
    return _manifest()[1]


def worker() -> str:
    """Give the script of the service worker, which begins with what it keeps."""
    manifest, made = _manifest()
    source = (_folder() / str(manifest[_WORKER]["file"])).read_text(encoding="utf-8")
    return f"self.STIP = {json.dumps({'build': made, 'shell': shell()})};\n{source}"


def _folder() -> Path:
    return Path(str(settings.DJANGO_VITE["default"]["manifest_path"])).parent


def _manifest() -> tuple[dict[str, dict[str, object]], str]:
    path = _folder() / "manifest.json"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError as error:
        raise SettingsError("De bestanden van de site zijn niet gebouwd. Draai ‘make assets’.") from error


@lru_cache(maxsize=2)
def _read(path: Path, changed: int) -> tuple[dict[str, dict[str, object]], str]:
    text = path.read_text(encoding="utf-8")
    return json.loads(text), hashlib.sha256(text.encode()).hexdigest()[:12]


def _gather(manifest: dict[str, dict[str, object]], entry: str, into: dict[str, None]) -> None:
    """Add the files of an entry and of all it imports."""
    part = manifest[entry]
    if part["file"] in into:
        return
    for name in (str(part["file"]), *_names(part, "css"), *_names(part, "assets")):
        into[name] = None
    for imported in _names(part, "imports"):
        _gather(manifest, imported, into)


def _names(part: dict[str, object], key: str) -> list[str]:
    found = part.get(key, [])
    return [str(name) for name in found] if isinstance(found, list) else []
