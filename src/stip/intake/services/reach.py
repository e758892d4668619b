# SPDX-License-Identifier: EUPL-1.2
"""Which machines may be asked: public ones, and those of the own network that the settings name.

A service can send us on to any address. Without this check it could make Stip ask a machine inside the town's network
that nobody outside can reach (server-side request forgery). The address that was checked is also the address that is
connected to, so that a name cannot change its meaning in between.

Every client of the library asks through `ReachTransport`, so that the check stands in one place and holds for each
redirect too; the site's clients, which speak ``requests``, use the same `Reach`.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from stip.errors import ServiceError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]


def resolve_host(host: str, port: int) -> list[str]:
    """Return the addresses of a host, as the machine's own resolver has them."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True)
class Reach:
    """What may be asked.

    Attributes
    ----------
    private_hosts : tuple of str
        Hosts that may have an address on the own network; never one of the machine's own link (169.254.0.0/16,
        fe80::/10), where a cloud gives its secrets to whoever asks.
    resolve : callable
        Gives the addresses of a host and port.
    """

    private_hosts: tuple[str, ...] = ()
    resolve: Resolve = resolve_host

    def address_of(self, url: httpx.URL) -> str:
        """Return the address to connect to.

        Raises
        ------
        ServiceError
            When the URL is no plain web address, or leads into a network that is not public.
        OSError
            When the host cannot be found now.
        """
        if url.scheme not in ("http", "https") or not url.host:
            raise ServiceError("Dit is geen webadres. Een dienst heeft een adres dat begint met https://.")
        if url.userinfo:
            raise ServiceError("Het webadres bevat een naam of wachtwoord. Laat die weg; open data is voor iedereen.")
        port = url.port or (443 if url.scheme == "https" else 80)
        found = [ipaddress.ip_address(text.partition("%")[0]) for text in self.resolve(url.host, port)]
        if not found:
            raise OSError(f"no address for port {port}")
        allowed = url.host.casefold() in {host.casefold() for host in self.private_hosts}
        if any(map(_is_of_the_link, found)) or not (allowed or all(map(is_public, found))):
            raise ServiceError(
                f"Het adres van {shown_path(url)} ligt in een besloten netwerk en wordt niet bevraagd. "
                "Is het een dienst van de gemeente zelf, zet haar naam dan bij private_hosts in stip.toml."
            )
        return str(found[0])


class HostNotFound(httpx.ConnectError):
    """The host has no address now."""


class ReachTransport(httpx.HTTPTransport):
    """Connects to the address that was checked, with the name that was asked; no proxy, no second look-up.

    Parameters
    ----------
    reach : Reach
    **options
        As of `httpx.HTTPTransport`.

    Raises
    ------
    ServiceError
        Out of a request, when its address may not be asked.
    HostNotFound
        When the host cannot be found now.
    """

    def __init__(self, reach: Reach, **options: Any) -> None:
        super().__init__(trust_env=False, **options)
        self._reach = reach

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Ask the checked address; the header ``Host`` and the certificate stay those of the name."""
        asked = request.url
        try:
            address = self._reach.address_of(asked)
        except OSError as error:
            raise HostNotFound("no address", request=request) from error
        request.extensions = {**request.extensions, "sni_hostname": asked.host}
        request.url = asked.copy_with(host=address)
        try:
            return super().handle_request(request)
        finally:
            request.url = asked


def is_public(address: IPAddress) -> bool:
    """Tell whether an address is of the public internet, also when it is wrapped in an IPv6 one."""
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            wrapped.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        inside = [one for one in wrapped if one is not None]
        if inside:
            return all(is_public(one) for one in inside)
    return address.is_global and not address.is_multicast and not address.is_reserved


def shown_path(url: httpx.URL) -> str:
    """Return the part of an address that may stand in a message: the path, without host and question."""
    path = "".join(sign for sign in url.path if sign.isprintable()) or "/"
    return path if len(path) <= _LONGEST_PATH else f"{path[:_LONGEST_PATH]}…"


def _is_of_the_link(address: IPAddress) -> bool:
    """Tell whether an address is only of this machine's own link, where cloud metadata lives."""
    inside = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (inside or address).is_link_local or address == _METADATA_V6


_METADATA_V6 = ipaddress.ip_address("fd00:ec2::254")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LONGEST_PATH = 100
