# SPDX-License-Identifier: EUPL-1.2
"""The dots as one binary message of columns, eight bytes a dot, for the painter in the browser.

Little endian: ``STIPDOT1``; uint32 length of the header, padded with spaces so that the columns begin on a multiple
of eight; the header in JSON; then the columns one by one, each padded to eight bytes.
"""

from __future__ import annotations

import gzip
import json
import struct
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from stip_web.dots.looking import Look
from stip_web.dots.seen import EPOCH, Seen

MEDIA_TYPE = "application/vnd.stip.dots"
MAGIC = b"STIPDOT1"
COLUMNS = ("x", "y", "day", "kind", "clock")
_PACK = 6  # of gzip: beyond this it takes longer than it saves on an office network


@dataclass(frozen=True)
class Message:
    """The message as it is and packed.

    Attributes
    ----------
    tag : str
        Tells it from every other.
    plain, packed : bytes
    """

    tag: str
    plain: bytes
    packed: bytes


def message_of(look: Look) -> Message:
    """Give the message of everything that may be seen, whatever the filter: the browser filters by itself."""
    kinds = [
        {
            "crime_type": kind.crime_type,
            "label": look.label_of(kind.crime_type),
            "colour": look.colour_of(kind.crime_type),
            "source": kind.source,
            "source_label": look.source_titles[kind.source],
        }
        for kind in look.seen.kinds
    ]
    return _kept(look.seen, json.dumps(kinds, ensure_ascii=False))


@lru_cache(maxsize=2)  # one fine and one coarse, as `seen` keeps them
def _kept(seen: Seen, kinds: str) -> Message:
    plain = encode(seen, json.loads(kinds))
    packed = gzip.compress(plain, _PACK, mtime=0)
    return Message(f"{seen.stamp}-{zlib.crc32(kinds.encode()):08x}", plain, packed)


def encode(seen: Seen, kinds: list[dict[str, Any]]) -> bytes:
    """Write the message.

    Parameters
    ----------
    kinds : list of dict
        What is told of each of ``seen.kinds``.
    """
    first = (seen.first_day - EPOCH).days
    areas = zip(seen.area_codes, seen.area_names, seen.area_districts, strict=True)
    header = {
        "n": seen.n,
        "origin": list(seen.origin),
        "step_m": seen.step_m,
        "first_day": seen.first_day.isoformat(),
        "kinds": kinds,
        "precisions_m": [int(side) if side.is_integer() else side for side in seen.precisions_m],
        "areas": [{"code": code, "name": name, "wijk": wijk} for code, name, wijk in areas],
        "districts": [{"code": code, "name": name} for code, name in seen.districts.items()],
        "area_offsets": list(seen.offsets),
        "totals": {"all": seen.n, "hidden": seen.hidden, "outside": seen.outside},
        "fine": seen.fine,
        "columns": list(COLUMNS),
    }
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-(len(MAGIC) + 4 + len(text)) % 8)
    columns: list[npt.NDArray[Any]] = [
        seen.x.astype("<u2"),
        seen.y.astype("<u2"),
        (seen.day - first).astype("<u2"),
        seen.kind.astype("u1"),
        (seen.hour | (seen.precision << 5)).astype("u1"),
    ]
    body = b"".join(_padded(column) for column in columns)
    return MAGIC + struct.pack("<I", len(text)) + text + body


def _padded(column: npt.NDArray[Any]) -> bytes:
    raw = np.ascontiguousarray(column).tobytes()
    return raw + b"\0" * (-len(raw) % 8)
