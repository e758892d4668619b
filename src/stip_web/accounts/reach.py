# SPDX-License-Identifier: EUPL-1.2
"""What the site itself asks of other machines, by ``requests``: the log-in service and the collector of the log.

Their own addresses are the administrator's choice and may lie on the municipality's network. Where they send us on
to, in a redirect or a discovery document, is not: that must be public, or named in ``STIP_PRIVATE_HOSTS``.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import httpx
import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connectionpool import HTTPConnectionPool

from stip.errors import ServiceError
from stip.intake import Reach, Resolve, resolve_host

LONGEST_SECONDS = 20.0
"""No answer of another machine may keep somebody waiting longer."""
_INSIDE = (
    "Een dienst stuurt door naar een adres in een besloten netwerk; dat wordt niet bevraagd. Hoort het bij de "
    "gemeente, zet de naam van die machine dan bij STIP_PRIVATE_HOSTS."
)


class ReachAdapter(HTTPAdapter):
    """Connects to the address that was checked, with the name that was asked: also after a redirect.

    Parameters
    ----------
    reach : Reach
    """

    def __init__(self, reach: Reach) -> None:
        super().__init__()
        self._reach = reach

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        """Ask, without a proxy, and never without a time-out."""
        request.headers["Host"] = urlsplit(str(request.url)).netloc.rpartition("@")[2]
        given = dict(zip(("stream", "timeout", "verify", "cert", "proxies"), args, strict=False)) | options
        return super().send(request, **(given | {"proxies": {}, "timeout": given.get("timeout") or LONGEST_SECONDS}))

    def get_connection_with_tls_context(
        self, request: requests.PreparedRequest, verify: Any, proxies: Any = None, cert: Any = None
    ) -> HTTPConnectionPool:
        """Give a connection to the checked address; its certificate must be that of the name.

        Raises
        ------
        requests.ConnectionError
            When it may not be asked, or cannot be found.
        """
        try:
            address = self._reach.address_of(httpx.URL(str(request.url)))
        except (ServiceError, httpx.InvalidURL, OSError) as error:
            told = _INSIDE if isinstance(error, ServiceError) else "no address"
            raise requests.ConnectionError(told) from None
        where, tls = self.build_connection_pool_key_attributes(request, verify, cert)
        if where["scheme"] == "https":
            tls |= {"server_hostname": where["host"], "assert_hostname": where["host"]}
        return self.poolmanager.connection_from_host(**(where | {"host": address}), pool_kwargs=tls)


def guarded_session(*addresses: str, resolve: Resolve = resolve_host) -> requests.Session:
    """Give a session that asks only what is public, and what the administrator named.

    Parameters
    ----------
    *addresses : str
        Of services that the environment names; their hosts may be on the own network.
    resolve : callable
        How to find a host; tests put their own in.
    """
    named = [urlsplit(address).hostname or "" for address in addresses if address]
    session = requests.Session()
    session.trust_env = False
    session.max_redirects = 5
    guard = ReachAdapter(Reach((*settings.ENVIRONMENT.private_hosts, *named), resolve))
    for scheme in ("http://", "https://"):
        session.mount(scheme, guard)
    return session
