# SPDX-License-Identifier: EUPL-1.2
"""Asking an open-data service: with time-outs, patience and a limit, and only where it may be asked."""

from __future__ import annotations

import json
import logging
import math
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from stip import __version__
from stip.errors import ServiceError
from stip.intake.services.reach import HostNotFound, Reach, ReachTransport, Resolve, resolve_host, shown_path
from stip.settings import ServiceSettings

logger = logging.getLogger(__name__)

_MAX_REDIRECTS = 5
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_REFUSALS = {
    400: "begrijpt de vraag niet. Kijk of de collectie en de gemeentecode kloppen",
    401: "vraagt om in te loggen. Stip leest alleen open data; haal het bestand anders zelf op",
    403: "staat de vraag niet toe. Vraag de beheerder, of haal het bestand zelf op",
    404: "kent dit adres niet. Kijk het adres na op de pagina van de dienst",
    410: "heeft deze gegevens niet meer. Kijk of er een nieuwer jaar is",
}


@dataclass(frozen=True)
class Answer:
    """What a service said.

    Attributes
    ----------
    content : object
        The JSON, read.
    headers : httpx.Headers
    url : httpx.URL
        Where the answer came from in the end.
    """

    content: Any
    headers: httpx.Headers
    url: httpx.URL


class _InPassing(Exception):
    """Something that may be over at the next attempt."""

    def __init__(self, what: str, wait_seconds: float = 0) -> None:
        super().__init__(what)
        self.what = what
        self.wait_seconds = wait_seconds


class ServiceClient:
    """Asks services for JSON.

    Parameters
    ----------
    settings : ServiceSettings
    allow_private : tuple of str
        Hosts on the own network that may be asked, besides those in the settings.
    sleep, resolve : callable
        How to wait and how to find a host; tests put their own in.
    """

    def __init__(
        self,
        settings: ServiceSettings | None = None,
        *,
        allow_private: tuple[str, ...] = (),
        sleep: Callable[[float], None] = time.sleep,
        resolve: Resolve = resolve_host,
    ) -> None:
        self.settings = settings or ServiceSettings()
        self._reach = Reach((*self.settings.private_hosts, *allow_private), resolve)
        self._sleep = sleep

    def get_json(self, url: str | httpx.URL, params: Mapping[str, str] | None = None) -> Answer:
        """Ask once, and again while the service fails in passing.

        Parameters
        ----------
        url : str
        params : mapping of str to str, optional
            Added to the question that is in the URL.

        Raises
        ------
        ServiceError
            When the service keeps failing, refuses, gives no JSON or too much of it, or sends us astray.
        """
        try:
            asked = httpx.URL(url).copy_merge_params(dict(params or {}))
        except httpx.InvalidURL:
            raise ServiceError("Dit is geen webadres. Een dienst heeft een adres dat begint met https://.") from None
        again = Retrying(
            stop=stop_after_attempt(self.settings.attempts),
            wait=self._wait_seconds,
            retry=retry_if_exception_type(_InPassing),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            return again(self._follow, asked)
        except _InPassing as fault:
            raise ServiceError(
                f"De dienst {fault.what} (bij {shown_path(asked)}), ook na {self.settings.attempts} pogingen. "
                "Probeer het later opnieuw, of haal het bestand op de site van de dienst op en lees dat in."
            ) from None

    @cached_property
    def _trusted(self) -> ssl.SSLContext:
        return httpx.create_ssl_context()  # once: reading the certificates takes longer than many an answer

    def _wait_seconds(self, state: RetryCallState) -> float:
        fault = state.outcome.exception() if state.outcome else None
        asked = fault.wait_seconds if isinstance(fault, _InPassing) else 0
        doubled = self.settings.first_wait_seconds * 2.0 ** (state.attempt_number - 1)
        seconds = max(asked, min(doubled, self.settings.longest_wait_seconds))
        logger.info("poging %d mislukt; opnieuw over %.1f s", state.attempt_number, seconds)
        return seconds

    def _follow(self, url: httpx.URL) -> Answer:
        for _ in range(_MAX_REDIRECTS + 1):
            response, body = self._ask(url)
            if not response.has_redirect_location:
                return _answer(response, body, url)
            onward = url.join(response.headers["location"])  # httpx has seen that it is an address
            self._check_onward(url, onward)
            url = onward
        raise ServiceError(f"De dienst blijft {shown_path(url)} doorsturen. Kijk het adres na.")

    @staticmethod
    def _check_onward(url: httpx.URL, onward: httpx.URL) -> None:
        if url.scheme == "https" and onward.scheme != "https":
            raise ServiceError(
                f"De dienst stuurt {shown_path(url)} door naar een adres zonder beveiliging (http). "
                "Vraag de dienst naar het goede adres."
            )

    def _ask(self, url: httpx.URL) -> tuple[httpx.Response, bytes]:
        """Ask once, through the one transport that looks where it goes."""
        ends_at = time.monotonic() + self.settings.deadline_seconds
        try:
            with (
                httpx.Client(
                    transport=ReachTransport(self._reach, verify=self._trusted),
                    timeout=self.settings.timeout_seconds,
                    trust_env=False,
                ) as client,
                client.stream(
                    "GET",
                    url,
                    headers={
                        "User-Agent": f"Stip/{__version__} (gemeentelijke stippenkaart)",
                        "Accept": "application/geo+json, application/json;q=0.9",
                    },
                ) as response,
            ):
                return response, self._body(response, url, ends_at)
        except HostNotFound:
            raise _InPassing("is niet te vinden") from None
        except httpx.TimeoutException:
            raise _InPassing(f"antwoordt niet binnen {self.settings.timeout_seconds:g} seconden") from None
        except httpx.RemoteProtocolError:
            raise _InPassing("gaf een antwoord dat niet klopt of niet af is") from None
        except (httpx.TransportError, httpx.DecodingError):
            raise _InPassing("is niet te bereiken") from None

    def _body(self, response: httpx.Response, url: httpx.URL, ends_at: float) -> bytes:
        limit = self.settings.max_mb * 1e6
        parts, size = [], 0
        for part in response.iter_bytes():
            size += len(part)
            if size > limit:
                raise ServiceError(
                    f"Het antwoord op {shown_path(url)} is groter dan {self.settings.max_mb:g} MB. "
                    "Vraag een kleiner gebied, of verhoog intake.service.max_mb in stip.toml."
                )
            if time.monotonic() > ends_at:
                raise _InPassing(f"doet langer dan {self.settings.deadline_seconds:g} seconden over één antwoord")
            parts.append(part)
        self._check_status(response, url)
        return b"".join(parts)

    def _check_status(self, response: httpx.Response, url: httpx.URL) -> None:
        status = response.status_code
        if status in _PASSING:
            wait_seconds = _retry_after(response)
            if wait_seconds > self.settings.longest_wait_seconds:
                raise ServiceError(
                    f"De dienst vraagt bij {shown_path(url)} om {math.ceil(wait_seconds)} seconden te wachten. "
                    "Probeer het daarna opnieuw."
                )
            raise _InPassing(f"gaf foutcode {status}", wait_seconds)
        if status >= 400 or not (response.is_success or response.has_redirect_location):
            why = _REFUSALS.get(status, "wil dit niet geven. Kijk op de pagina van de dienst wat er aan de hand is")
            raise ServiceError(f"De dienst gaf op {shown_path(url)} foutcode {status}: zij {why}.")


def same_host(base: httpx.URL, link: str) -> httpx.URL:
    """Return a link to a next page, on the scheme and host that were asked.

    Services behind a proxy write ``http`` where the world sees ``https``; a link to another host is no next page.

    Raises
    ------
    ServiceError
        When the link leads to another host.
    """
    try:
        onward = base.join(link)
    except httpx.InvalidURL:
        onward = httpx.URL("")
    if onward.host != base.host:
        raise ServiceError(
            f"De dienst noemt als volgende pagina van {shown_path(base)} een adres bij een ander. "
            "Dat wordt niet gevolgd. Meld het de dienst."
        )
    return onward.copy_with(scheme=base.scheme, port=base.port)


def _answer(response: httpx.Response, body: bytes, url: httpx.URL) -> Answer:
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if "json" not in kind:
        shown = kind if kind and len(kind) <= 40 and kind.isprintable() else "iets onbekends"
        raise ServiceError(
            f"De dienst gaf op {shown_path(url)} geen JSON maar {shown}. Kijk of dit het adres van de gegevens is, "
            "en niet van een webpagina."
        )
    try:
        return Answer(json.loads(body), response.headers, url)
    except RecursionError:
        raise ServiceError(f"Het antwoord op {shown_path(url)} is te diep genest. Meld het de dienst.") from None
    except ValueError:
        raise _InPassing("gaf JSON die niet af is") from None


def _retry_after(response: httpx.Response) -> float:
    """Return how many seconds the service asks to wait: a number, or a moment; 0 when it says nothing sensible."""
    text = response.headers.get("retry-after", "").strip()
    if text.isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return 0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
