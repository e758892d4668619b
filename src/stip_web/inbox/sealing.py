# SPDX-License-Identifier: EUPL-1.2
"""Sealing a message with a public key, so that only the desk can open it: HPKE (RFC 9180) of `cryptography`."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_INFO = b"stip-inbox-1"


def seal(plain: bytes, public_key: bytes) -> bytes:
    """Seal bytes for who holds the private key.

    Parameters
    ----------
    public_key : bytes, 32
        Raw X25519, as `public_of` gives it.

    Raises
    ------
    ValueError
        When it is no key.
    """
    return _SUITE.encrypt(plain, X25519PublicKey.from_public_bytes(public_key), info=_INFO)


def unseal(sealed: bytes, private_key: bytes) -> bytes | None:
    """Open what was sealed; None when it was sealed for somebody else, or is damaged."""
    try:
        return _SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(private_key), info=_INFO)
    except (InvalidTag, ValueError):
        return None


def new_private_key() -> bytes:
    """Draw a private key, 32 bytes."""
    return X25519PrivateKey.generate().private_bytes_raw()


def public_of(private_key: bytes) -> bytes:
    """Give the public key that belongs to a private one."""
    return X25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()
