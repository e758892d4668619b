# SPDX-License-Identifier: EUPL-1.2
"""Which machines may be asked: public ones, and those of the own network that the settings name.

A service can send us on to any address. Without this check it could make Stip ask a machine inside the town's network
that nobody outside can reach (server-side request forgery). The address that was checked is also the address that is
connected to, so that a name cannot change its meaning in between.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
        Hosts that may have an address on the own network.
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
        if not allowed and not all(is_public(address) for address in found):
            raise ServiceError(
                f"Het adres van {shown_path(url)} ligt in een besloten netwerk en wordt niet bevraagd. "
                "Is het een dienst van de gemeente zelf, zet haar naam dan bij private_hosts in stip.toml."
            )
        return str(found[0])


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


_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LONGEST_PATH = 100
