"""Which network addresses may be connected to: those of the public Internet."""

import ipaddress
import socket
from collections.abc import Callable, Sequence

from .outcome import FetchError

Resolve = Callable[[str, int], Sequence[str]]

# Not for the public Internet, though `is_global` of Python 3.11 lets them pass: protocol assignments (RFC 6890), IPv6
# that carries an IPv4 address (6to4, RFC 7526) and its relays, site-local (RFC 3879), documentation (RFC 9637).
_REFUSED = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "2002::/16", "3fff::/20", "fec0::/10")))
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: how a network without IPv4 reaches it


def resolve(host: str, port: int) -> Sequence[str]:
    """Every address of a host. Raises `OSError` or `UnicodeError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str) -> bool:
    """Whether an address is one of the public Internet: not loopback, private, link-local, multicast, reserved …"""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address) and ip in _NAT64:
        ip = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    special = ip.is_multicast or ip.is_reserved or any(ip in network for network in _REFUSED)
    return ip.is_global and not special


def public_addresses(host: str, port: int, lookup: Resolve) -> Sequence[str]:
    """The addresses of a host. Raises `FetchError` where there is none, or where one of them is not public."""
    try:
        addresses = lookup(host, port)
    except (OSError, UnicodeError):
        raise FetchError("unreachable", f"no address found for the host {host}") from None
    private = [address for address in addresses if not is_public(address)]
    if private:
        raise FetchError("refused address", f"{host} is {private[0]}, no public address")
    return addresses
