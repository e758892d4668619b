# SPDX-License-Identifier: EUPL-1.2
"""The keys with which police numbers become numbers of our own; they lie outside the workspace.

Whoever has the workspace (or a backup of it) cannot find a police number back without the key. A number begins with
the id of the key that made it, so that keys can be changed and an old one retired when nothing needs it any more.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import platformdirs
import pyarrow as pa
import pyarrow.compute as pc
from filelock import FileLock, Timeout

from stip.errors import AgreementError, WorkspaceBusy, WorkspaceError
from stip.store import Workspace, batches, new_file, read_batch, write_text

_ID_LENGTH = 4  # hex characters of a key id, in front of every hashed number
_PAIRS = np.frombuffer(b"".join(b"%02x" % byte for byte in range(256)), np.uint16)
_SECRET_BYTES = 32
_KEY_ID = re.compile(f"[0-9a-f]{{{_ID_LENGTH}}}", re.ASCII)
_DIGEST_BYTES = 14  # 112 bits: no two of a billion numbers meet
_NUMBER = re.compile(f"[0-9a-f]{{{_ID_LENGTH + 2 * _DIGEST_BYTES}}}", re.ASCII)


@dataclass(frozen=True)
class Key:
    """One key.

    Attributes
    ----------
    key_id : str
        Four hex characters, in front of every number that the key made.
    made_at : str
        ISO moment.
    secret : bytes
        32 of them.
    """

    key_id: str
    made_at: str
    secret: bytes

    def __repr__(self) -> str:
        return f"Key({self.key_id})"  # the secret must not reach a log


@dataclass(frozen=True)
class KeyRing:
    """The keys of one workspace, oldest first; the last one is active.

    Attributes
    ----------
    path : Path
        Key file.
    keys : tuple of Key
    """

    path: Path
    keys: tuple[Key, ...]

    @classmethod
    def of(cls, workspace: Workspace) -> KeyRing:
        """Open the keys of a workspace; the first time, one is made.

        Raises
        ------
        WorkspaceError
            When the key folder lies inside the workspace, others can read the key, or the key is gone
            although the workspace holds incidents.
        """
        path = _key_file(workspace)
        if not path.exists():
            with _changing(path):
                if not path.exists():  # another process may have been first
                    _refuse_when_needed(workspace, path)
                    _write(path, (_new_key(()),))
        return cls(path, _read(path))

    @property
    def active(self) -> Key:
        """The key that makes new numbers."""
        return self.keys[-1]

    def rotate(self) -> KeyRing:
        """Add a new key and make it the active one; older keys go on recognising what they made."""
        with _changing(self.path):
            held = _read(self.path)
            keys = (*held, _new_key(held))
            _write(self.path, keys, _retired(self.path))
        return KeyRing(self.path, keys)

    def retire(self, key_id: str) -> KeyRing:
        """Destroy a key that is no longer active; the reports it numbered are no longer recognised when they return.

        Raises
        ------
        AgreementError
            When there is no such key, or it is the active one.
        """
        with _changing(self.path):
            held = _read(self.path)
            known = [key.key_id for key in held]
            if key_id not in known:
                raise AgreementError(f"Er is geen sleutel ‘{key_id}’. Bekend: {', '.join(known)}.")
            if key_id == held[-1].key_id:
                raise AgreementError(
                    f"Sleutel {key_id} is in gebruik. Maak eerst een nieuwe met ‘stip agreements keys rotate’."
                )
            keys = tuple(key for key in held if key.key_id != key_id)
            _write(self.path, keys, (*_retired(self.path), key_id))
        return KeyRing(self.path, keys)

    def hash_ids(self, ids: pd.Series[str], *, source: str = "") -> pd.Series[str]:
        """Return our number for each number of the source, made with the active key.

        Parameters
        ----------
        ids : Series of str
            Missing and blank stay missing.
        source : str
            Numbers of different sources never meet.
        """
        return _hash(ids, self.active, source)

    def hash_ids_all(self, ids: pd.Series[str], *, source: str = "") -> dict[str, pd.Series[str]]:
        """Return our numbers under every key, by key id, the active one first."""
        return {key.key_id: _hash(ids, key, source) for key in reversed(self.keys)}


def reports_by_key(workspace: Workspace) -> dict[str, int]:
    """Return how many reports in the workspace carry the number of each key, by key id."""
    ids = [read_batch(workspace, manifest["batch_id"])["incident_id"] for manifest in batches(workspace)]
    if not ids:
        return {}
    every = pd.concat(ids).drop_duplicates()
    return {str(key_id): int(count) for key_id, count in every.str[:_ID_LENGTH].value_counts().items()}


def check_keys(workspace: Workspace, ring: KeyRing) -> None:
    """Refuse keys that did not number the reports in the workspace: then none would be recognised when it returns.

    Reports of a key that was retired on purpose are no reason to refuse.

    Parameters
    ----------
    ring : KeyRing

    Raises
    ------
    WorkspaceError
        When no report that is looked at carries the number of a key of the ring, or of one retired from it.
    """
    ours = {key.key_id for key in ring.keys} | set(_retired(ring.path))
    strange = 0
    for manifest in reversed(batches(workspace)):  # the newest first: mostly one is enough
        ids = read_batch(workspace, manifest["batch_id"])["incident_id"]
        numbers = ids[ids.str.fullmatch(_NUMBER)]
        if numbers.str[:_ID_LENGTH].isin(ours).any():
            return
        strange += len(numbers)
    if strange:
        raise WorkspaceError(
            f"De sleutel {ring.path} hoort niet bij deze werkmap: geen enkele bewaarde melding is ermee genummerd. "
            "Een bekende melding wordt dan niet herkend en dubbel geteld. Zet de goede sleutel terug uit de kluis, "
            "of wijs met STIP_KEYS de map aan waarin hij ligt."
        )


def _hash(ids: pd.Series[str], key: Key, source: str) -> pd.Series[str]:
    texts = pa.array(ids.astype("string"), pa.string(), from_pandas=True)
    if isinstance(texts, pa.ChunkedArray):  # when the series was put together from parts
        texts = texts.combine_chunks()
    texts = pc.utf8_trim_whitespace(texts)
    filled = pc.fill_null(pc.greater(pc.binary_length(texts), 0), False)
    start = hashlib.blake2b(f"{source}\0".encode(), key=key.secret, digest_size=_DIGEST_BYTES)
    copied, digests = start.copy, []
    for value in (
        (texts if len(texts) == pc.sum(filled).as_py() else texts.filter(filled)).cast(pa.binary()).to_pylist()
    ):
        digest = copied()
        digest.update(value)
        digests.append(digest.digest())
    numbers = _as_hex(digests, key.key_id)
    if len(numbers) < len(texts):
        place = np.cumsum(filled.to_numpy(zero_copy_only=False)) - 1
        numbers = numbers.take(pc.if_else(filled, pa.array(place), None))
    return pd.Series(pd.array(numbers, dtype="string"), index=ids.index, name=ids.name)


def _as_hex(digests: list[bytes], prefix: str) -> pa.Array:
    """Write digests in hex characters behind a prefix, all at once."""
    raw = np.frombuffer(b"".join(digests), np.uint8).reshape(-1, _DIGEST_BYTES)
    width = len(prefix) + 2 * _DIGEST_BYTES
    signs = np.empty((len(raw), width), np.uint8)
    signs[:, : len(prefix)] = np.frombuffer(prefix.encode(), np.uint8)
    signs[:, len(prefix) :] = _PAIRS[raw].view(np.uint8).reshape(len(raw), 2 * _DIGEST_BYTES)
    ends = np.arange(0, (len(raw) + 1) * width, width, dtype=np.int32)
    return pa.StringArray.from_buffers(len(raw), pa.py_buffer(ends), pa.py_buffer(signs))


def key_folder() -> Path:
    """Return the folder of the keys: where STIP_KEYS says, else the user's own data folder."""
    asked = os.environ.get("STIP_KEYS")
    return (Path(asked) if asked else platformdirs.user_data_path("stip") / "keys").expanduser().resolve()


def _key_file(workspace: Workspace) -> Path:
    folder = key_folder()
    if folder == workspace.root or workspace.root in folder.parents:
        raise WorkspaceError(
            f"De map voor sleutels ({folder}) ligt in de werkmap. Wie de werkmap heeft, heeft dan ook de sleutel. "
            "Wijs met STIP_KEYS een map daarbuiten aan."
        )
    return folder / f"{workspace_id(workspace)}.json"


def workspace_id(workspace: Workspace) -> str:
    """Return the name of a workspace under which its keys lie; the first time, one is drawn.

    Raises
    ------
    WorkspaceError
        When it is damaged.
    """
    path = workspace.data / "workspace_id"
    if not path.exists():
        with workspace.writing():
            if not path.exists():
                write_text(path, f"{uuid.uuid4().hex}\n")
    try:
        name = path.read_text(encoding="utf-8").strip()
    except UnicodeDecodeError:
        name = ""
    if not name.isalnum():
        raise WorkspaceError(f"{path} is beschadigd. Zet het terug uit een reservekopie.")
    return name


@contextmanager
def _changing(path: Path) -> Iterator[None]:
    """Let one process at a time change the keys."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = FileLock(path.with_suffix(".lock"), timeout=10)
    try:
        lock.acquire()
    except Timeout:
        raise WorkspaceBusy("Een ander programma wijzigt nu de sleutels. Probeer het zo opnieuw.") from None
    try:
        yield
    finally:
        lock.release()


def _refuse_when_needed(workspace: Workspace, path: Path) -> None:
    held = len(batches(workspace))
    if held:
        raise WorkspaceError(
            f"De sleutel {path} is weg, terwijl de werkmap {held} leveringen heeft. Zet de sleutel terug uit de "
            "kluis, of wijs met STIP_KEYS de map aan waarin hij ligt. Zonder sleutel wordt een bekende melding niet "
            "herkend. Is hij echt kwijt: haal alle leveringen terug en lees ze opnieuw in."
        )


def _new_key(others: tuple[Key, ...]) -> Key:
    taken = {key.key_id for key in others}
    key_id = secrets.token_hex(_ID_LENGTH // 2)
    while key_id in taken:
        key_id = secrets.token_hex(_ID_LENGTH // 2)
    return Key(key_id, datetime.now(UTC).isoformat(timespec="seconds"), secrets.token_bytes(_SECRET_BYTES))


def _read(path: Path) -> tuple[Key, ...]:
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise WorkspaceError(
            f"Anderen kunnen de sleutel {path} lezen. Doe ‘chmod 600 {path}’ en kijk wie er bij kon."
        )
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["keys"]
        keys = tuple(Key(row["key_id"], row["made_at"], bytes.fromhex(row["secret"])) for row in rows)
    except (ValueError, KeyError, TypeError):
        keys = ()
    if not keys or not all(_is_whole(key) for key in keys):
        raise WorkspaceError(f"De sleutel {path} is beschadigd. Zet hem terug uit de kluis.")
    return keys


def _is_whole(key: Key) -> bool:
    """Tell whether a key is as `_new_key` makes them: an empty or shorter secret can be guessed."""
    try:
        datetime.fromisoformat(key.made_at)
    except (ValueError, TypeError):
        return False
    is_named = isinstance(key.key_id, str) and _KEY_ID.fullmatch(key.key_id) is not None
    return is_named and len(key.secret) == _SECRET_BYTES


def _retired(path: Path) -> tuple[str, ...]:
    """Return the ids of the keys that were retired from a key file, oldest first."""
    held = json.loads(path.read_text(encoding="utf-8")).get("retired")
    return tuple(str(key_id) for key_id in held) if isinstance(held, list) else ()


def _write(path: Path, keys: tuple[Key, ...], retired: tuple[str, ...] = ()) -> None:
    rows = [{"key_id": key.key_id, "made_at": key.made_at, "secret": key.secret.hex()} for key in keys]
    with new_file(path) as half:
        half.touch(mode=0o600)  # before the secret is in it
        half.write_text(json.dumps({"keys": rows, "retired": retired}, indent=1), encoding="utf-8")
