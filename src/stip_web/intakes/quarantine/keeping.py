# SPDX-License-Identifier: EUPL-1.2
"""The sealed files of the quarantine, by upload: the file itself, and what was seen in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from uuid import UUID

from django.conf import settings

from stip.errors import WorkspaceError
from stip_web.intakes.quarantine.erasing import erase
from stip_web.intakes.quarantine.keys import drop_key, key_of, keys_folder, make_key
from stip_web.intakes.quarantine.sealing import Sealer, stream_key, unsealed

FILE = "file"


def folder() -> Path:
    """Give the folder of the quarantine, which only its owner may open."""
    path = Path(settings.STIP_STATE) / "quarantine"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


class Writing:
    """A stream that is being written; it appears under its name when it is closed, and not at all when it fails."""

    def __init__(self, upload: UUID, stream: str, key: bytes) -> None:
        self._path = _path(upload, stream)
        self._half = self._path.with_suffix(".part")
        self._file = os.fdopen(os.open(self._half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
        self._sealer = Sealer(self._file, stream_key(key, f"{upload.hex} {stream}"))
        self.size = 0

    def write(self, data: bytes) -> None:
        """Seal some plain text."""
        self._sealer.write(data)
        self.size += len(data)

    def close(self) -> None:
        """Seal the end and give the stream its name."""
        self._sealer.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._half.replace(self._path)

    def drop(self) -> None:
        """Leave nothing of it."""
        self._file.close()
        erase(self._half)

    def __enter__(self) -> Writing:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close() if kind is None else self.drop()


def write(upload: UUID) -> Writing:
    """Begin to write the file of a new upload, under a new key."""
    return Writing(upload, FILE, make_key(upload.hex))


def put(upload: UUID, stream: str, content: bytes) -> None:
    """Keep something about an upload beside it, in place of what was there."""
    with Writing(upload, stream, key_of(upload.hex)) as out:
        out.write(content)


def get(upload: UUID, stream: str) -> bytes | None:
    """Give what was kept about an upload, None when there is nothing."""
    return b"".join(plain(upload, stream)) if _path(upload, stream).exists() else None


def plain(upload: UUID, stream: str = FILE) -> Iterator[bytes]:
    """Yield the plain text of a stream, a piece at a time.

    Raises
    ------
    WorkspaceError
        When it is damaged or was destroyed.
    """
    key = stream_key(key_of(upload.hex), f"{upload.hex} {stream}")
    try:
        with _path(upload, stream).open("rb") as source:
            yield from unsealed(source, key)
    except FileNotFoundError:
        raise WorkspaceError(
            "Dit bestand is al vernietigd. Lever het opnieuw aan als u het nog nodig hebt."
        ) from None


def destroy(upload: UUID) -> None:
    """Destroy the key of an upload, and every file of it; twice is no fault."""
    drop_key(upload.hex)
    for path in folder().glob(f"{upload.hex}.*"):
        if path.is_dir():  # the link under which it was read by a process that was killed
            for link in path.iterdir():
                link.unlink()
            path.rmdir()
        else:
            erase(path)


def sealed_uploads() -> dict[UUID, datetime]:
    """Give each upload of which a file or a key is left, and since when."""
    found: dict[UUID, datetime] = {}
    for path in (*folder().iterdir(), *keys_folder().glob("*.key")):
        try:
            upload = UUID(hex=path.name.split(".")[0])
            since = datetime.fromtimestamp(path.lstat().st_mtime, UTC)
        except (ValueError, FileNotFoundError):  # the installation's own key; or gone since it was listed
            continue
        found[upload] = min(since, found.get(upload, since))
    return found


def _path(upload: UUID, stream: str) -> Path:
    return folder() / f"{upload.hex}.{stream}"
