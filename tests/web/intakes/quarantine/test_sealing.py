# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stip.errors import WorkspaceError
from stip_web.intakes.quarantine import sealing
from stip_web.intakes.quarantine.sealing import Sealer, stream_key, unsealed

KEY = stream_key(bytes(range(32)), "proef")
SIZES = (0, 1, sealing.PIECE - 1, sealing.PIECE, sealing.PIECE + 1, 2 * sealing.PIECE)


def sealed(*parts: bytes) -> bytes:
    out = io.BytesIO()
    sealer = Sealer(out, KEY)
    for part in parts:
        sealer.write(part)
    sealer.close()
    return out.getvalue()


def opened(content: bytes, key: bytes = KEY) -> bytes:
    return b"".join(unsealed(io.BytesIO(content), key))


@pytest.mark.parametrize("size", SIZES)
def test_what_is_sealed_can_be_opened(size: int) -> None:
    plain = bytes(size)
    assert opened(sealed(plain)) == plain


@given(st.lists(st.binary(max_size=300), max_size=12))
def test_in_whatever_parts_it_came(parts: list[bytes]) -> None:
    assert opened(sealed(*parts)) == b"".join(parts)


@pytest.mark.parametrize("size", SIZES)
def test_a_changed_cut_or_other_stream_is_refused(size: int) -> None:
    whole = sealed(b"x" * size)
    piece = sealing.PIECE + 16
    wrong = [whole[:-1], whole[: len(whole) // 2], whole + b"x", bytes([whole[0] ^ 1]) + whole[1:], b""]
    wrong += [whole[:piece]] if len(whole) > piece else []
    wrong += [whole[piece:] + whole[:piece]] if len(whole) > piece else []
    for content in wrong:
        with pytest.raises(WorkspaceError, match="beschadigd"):
            opened(content)
    with pytest.raises(WorkspaceError, match="beschadigd"):
        opened(whole, stream_key(bytes(range(32)), "ander"))
