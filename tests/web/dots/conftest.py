# SPDX-License-Identifier: EUPL-1.2
"""What tests of Kaart share: a reader of the binary message of its own, and somebody who exports the coarse map."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from django.test import Client

from stip_web.accounts.models import Role, User
from stip_web.accounts.permissions import Permission as May

WIDTHS = {"x": "<u2", "y": "<u2", "day": "<u2", "kind": "u1", "clock": "u1"}


@dataclass(frozen=True)
class Read:
    """A message as it was read."""

    header: dict[str, Any]
    columns: dict[str, np.ndarray]

    def rows(self) -> list[dict[str, Any]]:
        header, columns = self.header, self.columns
        first = date.fromisoformat(header["first_day"])
        areas = np.repeat(np.arange(len(header["areas"])), np.diff(header["area_offsets"]))
        found = []
        for i in range(header["n"]):
            day = first + timedelta(days=int(columns["day"][i]))
            clock = int(columns["clock"][i])
            kind, area = header["kinds"][columns["kind"][i]], header["areas"][areas[i]]
            found.append(
                {
                    "x": header["origin"][0] + header["step_m"] * int(columns["x"][i]),
                    "y": header["origin"][1] + header["step_m"] * int(columns["y"][i]),
                    "day": day,
                    "hour": clock & 31,
                    "precision": header["precisions_m"][clock >> 5],
                    "type": kind["crime_type"],
                    "source": kind["source"],
                    "area": area["code"],
                    "district": area["wijk"],
                }
            )
        return found


def read_message(body: bytes) -> Read:
    assert body[:8] == b"STIPDOT1"
    (length,) = struct.unpack_from("<I", body, 8)
    at = 12 + length
    assert at % 8 == 0
    header = json.loads(body[12:at])
    columns = {}
    for name in header["columns"]:
        kind = np.dtype(WIDTHS[name])
        columns[name] = np.frombuffer(body, kind, header["n"], at)
        at += -(-header["n"] * kind.itemsize // 8) * 8
    assert at == len(body)
    return Read(header, columns)


@pytest.fixture
def coarse_exporter(db: None) -> Client:
    """Give somebody who may take along what the coarse map shows, and nothing finer."""
    role = Role.objects.create(code="grof", name="Grof", permissions=[May.DOTS_COARSE, May.DOTS_EXPORT])
    user = User.objects.create(username="grof-test")
    user.roles.add(role)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def dots_of(as_role: Callable[[str], Client]) -> Callable[[str], Read]:
    """Read the message that a role gets."""
    return lambda role: read_message(as_role(role).get("/kaart/stippen.bin").content)
