# SPDX-License-Identifier: EUPL-1.2
"""The clients of `load`: each with people of its own, asking without a pause in a fixed mix."""

from __future__ import annotations

import random
import re
import threading
import time
import uuid
from dataclasses import dataclass
from typing import Any

import httpx

MIX = {
    "desk": (
        ("analyst", "/"),
        ("analyst", "/kaart"),
        ("analyst", "/kaart/lijst"),
        ("coordinator", "/weekplan/{week}"),
        ("analyst", "/vooruitblik/{week}"),
        ("analyst", "/evaluatie"),
        ("coordinator", "/signalen"),
        ("analyst", "/gegevens"),
    ),
    "map": (("analyst", "/kaart/stippen.bin"), ("analyst", "/kaart/gebieden.geojson"), ("member", "/straat")),
    "api": (
        ("analyst", "/api/v1/incidents?limit=200"),
        ("analyst", "/api/v1/incidents/counts?groupBy=area"),
        ("analyst", "/api/v1/weeks"),
        ("analyst", "/api/v1/areas"),
    ),
    "public": (("", "/openbaar"), ("", "/openbaar/mijn-buurt"), ("", "/openbaar/cijfers"), ("", "/openbaar/privacy")),
}
SHARES = {"desk": 35, "map": 15, "api": 20, "public": 20, "street": 10}
KINDS = tuple(SHARES)
"""Of a hundred requests."""

_STREET_EVERY_S = 1.1
"""One phone may send sixty times a minute; a client is one phone."""


@dataclass(frozen=True)
class Asked:
    """One request.

    Attributes
    ----------
    kind : str
    seconds : float
    good : bool
    said : str
        What came instead.
    entry : str
        Of feedback: its number, when the server said that it has it.
    """

    kind: str
    seconds: float
    good: bool
    said: str = ""
    entry: str = ""


class OneClient(threading.Thread):
    """Asks until the time is over."""

    def __init__(self, number: int, ports: dict[str, int], found: dict[str, Any], until: float) -> None:
        super().__init__(name=f"client {number}")
        self._chance = random.Random(number)  # noqa: S311 - so that each run asks the same
        self._until, self._ports, self._plan = until, ports, found["plan"]
        self._people = {
            code: httpx.Client(
                base_url=f"http://localhost:{ports['site']}", cookies=cookies, timeout=60, trust_env=False
            )
            for code, cookies in found["people"][number].items()
        }
        self._nobody = httpx.Client(timeout=60, trust_env=False)
        self._sent_at = 0.0
        self.asked: list[Asked] = []

    def run(self) -> None:
        """Ask."""
        member = self._people["member"]
        self._token = str(member.get("/straat/gegevens.json").json()["token"])
        kinds = [kind for kind in KINDS if kind != "public" or "public" in self._ports]
        weights = [SHARES[kind] for kind in kinds]
        while time.monotonic() < self._until:
            kind = self._chance.choices(kinds, weights)[0]
            if kind == "street":
                self._send(member)
            else:
                self._get(kind)

    def _get(self, kind: str) -> None:
        code, path = self._chance.choice(MIX[kind])
        path = path.format(week=self._plan["week"].lower())
        client = self._people[code] if code else self._nobody
        address = path if code else f"http://localhost:{self._ports['public']}{path}"
        begun = time.perf_counter()
        try:
            answer = client.get(address)
            good = answer.status_code == 200
            said = "" if good else f"{path}: {answer.status_code}"
        except httpx.HTTPError as error:
            good, said = False, f"{path}: {type(error).__name__}"
        self.asked.append(Asked(kind, time.perf_counter() - begun, good, said))

    def _send(self, member: httpx.Client) -> None:
        if time.monotonic() - self._sent_at < _STREET_EVERY_S:
            return
        self._sent_at = time.monotonic()
        entry = {
            "id": str(uuid.UUID(int=self._chance.getrandbits(128), version=4)),
            "plan_id": self._plan["plan_id"],
            "place_id": self._chance.choice(self._plan["places"]),
            "visited": True,
            "code": "rustig",
            "age_s": 30.0,
        }
        begun = time.perf_counter()
        try:
            answer = member.post("/straat/inzending", json={"entries": [entry]}, headers={"X-CSRFToken": self._token})
            outcome = answer.json()["outcomes"][0]["result"] if answer.status_code == 200 else str(answer.status_code)
            good = outcome in ("stored", "again")
        except httpx.HTTPError as error:
            good, outcome = False, type(error).__name__
        number = re.sub("-", "", entry["id"]) if good else ""
        self.asked.append(
            Asked("street", time.perf_counter() - begun, good, "" if good else f"street: {outcome}", number)
        )


def run_clients(port: int, public: int | None, found: dict[str, Any], seconds: float) -> tuple[list[Asked], float]:
    """Let every client ask for so long; gives what each request came to, and how long it took together."""
    ports = {"site": port} | ({"public": public} if public else {})
    begun = time.monotonic()
    clients = [OneClient(number, ports, found, begun + seconds) for number in range(len(found["people"]))]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return [each for client in clients for each in client.asked], time.monotonic() - begun
