# SPDX-License-Identifier: EUPL-1.2
"""Takes an upload while it streams in, and lets go of it in the clear piece by piece."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from stip.intake import shown_name
from stip_web.intakes.quarantine.keeping import Writing, destroy, write

_LONGEST_NAME = 80


class Received(UploadedFile):  # type: ignore[type-arg]
    """An upload that lies sealed in the quarantine; there is no way to read it from here.

    Attributes
    ----------
    upload : UUID
    """

    def __init__(self, upload: UUID, name: str, size: int) -> None:
        super().__init__(file=None, name=name, size=size)
        self.upload = upload


class QuarantineHandler(FileUploadHandler):
    """Seals the first file of a form; stops at one that is too large, of which nothing stays.

    Attributes
    ----------
    too_large : bool
    kept : bool
        Set by whoever makes the upload known; until then `drop` leaves nothing of it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = self.too_many = self.kept = False
        self._writing: Writing | None = None
        self._upload: UUID | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file under a key of its own."""
        super().new_file(*args, **kwargs)
        if self._upload is not None:  # only one file a form; a second would take the place of the first
            self.too_many = True
            self.drop()
            raise StopUpload(connection_reset=False)
        self._upload = uuid4()
        self._writing = write(self._upload)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal a piece."""
        assert self._writing is not None  # noqa: S101 - `new_file` came first
        if start + len(raw_data) > settings.STIP_UPLOAD_BYTES:
            self.too_large = True
            self.drop()
            raise StopUpload(connection_reset=False)
        self._writing.write(raw_data)

    def file_complete(self, file_size: int) -> Received:
        """Seal the end."""
        assert self._writing is not None and self._upload is not None  # noqa: S101
        self._writing.close()
        self._writing = None
        return Received(self._upload, kept_name(self.file_name or "", self._upload), file_size)

    def upload_interrupted(self) -> None:
        """Leave nothing of an upload that was broken off."""
        self.drop()

    def drop(self) -> None:
        """Leave nothing of it, in the clear or sealed."""
        if self._writing is not None:
            self._writing.drop()
            self._writing = None
        if self._upload is not None and not self.kept:
            destroy(self._upload)
            self._upload = None


def kept_name(name: str, upload: UUID) -> str:
    """Give the name by which an upload is known: its own when nothing personal stands in it, and no path."""
    own = PureWindowsPath(name.replace("\0", "")).name
    own = own if own.strip(".") else "bestand"
    shown = shown_name(Path(own), upload.hex[:8])
    if len(shown) <= _LONGEST_NAME:
        return shown
    suffix = PureWindowsPath(shown).suffix[:10]
    return shown[: _LONGEST_NAME - len(suffix)] + suffix
