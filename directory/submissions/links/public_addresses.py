"""Which network addresses are the public internet's: a short list of what is, less all that is set aside."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

# IANA's special-purpose registries, written out so that every Python agrees with every other.
SET_ASIDE = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",
        "100.64.0.0/10",  # carriers' own
        "127.0.0.0/8",
        "168.63.129.16/32",  # public by number, but a cloud answers there with secrets
        "169.254.0.0/16",  # link-local, where clouds keep their metadata
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
        "2001::/23",  # protocols' own, Teredo among them
        "2001:db8::/32",
        "3fff::/20",
    )
)
GLOBAL_UNICAST = IPv6Network("2000::/3")

# Ways to write an IPv4 address inside an IPv6 one: the network, and how far its 32 bits stand from the end.
HOLDS_IPV4 = (
    (IPv6Network("::ffff:0:0/96"), 0),
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64
    (IPv6Network("2002::/16"), 80),  # 6to4
)


def is_public(address: str) -> bool:
    """Say whether an address, as a resolver gives it, is on the public internet; what can't be read is not."""
    try:
        read = ip_address(address)
    except ValueError:
        return False
    if isinstance(read, IPv6Address):
        if read.scope_id is not None:
            return False
        for network, shift in HOLDS_IPV4:
            if read in network:
                return is_public(str(IPv4Address(int(read) >> shift & 0xFFFFFFFF)))
        if read not in GLOBAL_UNICAST:
            return False
    return not any(read.version == network.version and read in network for network in SET_ASIDE)


def all_public(addresses: Sequence[str]) -> bool:
    """Say whether a name stands for public addresses and for no other."""
    return bool(addresses) and all(map(is_public, addresses))
