"""Where a delivery may go: the addresses of the internet, and of the networks that somebody has named.

A receiver's URL is anybody's, so it may name a database or a metadata service of ours. Each request looks its host up,
refuses addresses that are not public, and connects to the address that it has looked at, not to the name once more.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Sequence
from typing import Final

import httpx

from dbkit.types.errors import ConfigurationInvalid

__all__ = ["GuardedTransport", "NotAllowed", "networks"]

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_PORTS: Final = {"http": 80, "https": 443}


class NotAllowed(Exception):
    """The URL leads to where nothing is sent; the text says why."""


def networks(given: Sequence[str]) -> tuple[Network, ...]:
    """Return networks written as CIDR (10.1.0.0/16); raises `ConfigurationInvalid`."""
    try:
        return tuple(ipaddress.ip_network(each) for each in given)
    except ValueError:
        pass
    raise ConfigurationInvalid(f"{', '.join(given)}: no such network", advice="Write it as 10.1.0.0/16.")


class GuardedTransport(httpx.AsyncBaseTransport):
    """Sends requests to allowed addresses, each over a connection of its own, so that none is another host's."""

    def __init__(self, allowed: Sequence[Network] = ()) -> None:
        self._allowed = tuple(allowed)
        self._inner = httpx.AsyncHTTPTransport(
            limits=httpx.Limits(max_keepalive_connections=0), retries=0, trust_env=False
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; raises `NotAllowed`, and what httpx raises."""
        url = request.url
        if url.scheme not in _PORTS or not url.host:
            raise NotAllowed("the URL is no https URL")
        address = await self._address(url.host, url.port or _PORTS[url.scheme])
        if url.scheme != "https" and not self._is_named(address):
            raise NotAllowed("the URL is not https")
        # The header Host and the certificate are those of the name.
        extensions = {**request.extensions, "sni_hostname": url.host}
        guarded = httpx.Request(
            request.method,
            url.copy_with(host=str(address)),
            headers=request.headers,
            stream=request.stream,
            extensions=extensions,
        )
        return await self._inner.handle_async_request(guarded)

    async def aclose(self) -> None:
        """Close what is open."""
        await self._inner.aclose()

    async def _address(self, host: str, port: int) -> Address:
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise NotAllowed("the host has no address") from None
        addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
        # All of them: a name with one address inside and one outside is up to no good.
        if not all(map(self._is_allowed, addresses)):
            raise NotAllowed("the host's address is not public")
        return addresses[0]

    def _is_allowed(self, address: Address) -> bool:
        mapped = getattr(address, "ipv4_mapped", None) or address
        public = mapped.is_global and not mapped.is_multicast
        return public or self._is_named(mapped)

    def _is_named(self, address: Address) -> bool:
        return any(address.version == network.version and address in network for network in self._allowed)
