"""How often something may be done, by one address or from one network: kept as keyed sums, for as long as it counts."""

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.accounts.models import Attempt
from directory.foundation.sums import keyed_sum

IPV4_NETWORK, IPV6_NETWORK = 24, 64


def allow(session: Session, key: str, what: str, who: str, now: datetime, *, most: int, within: timedelta) -> bool:
    """Count one more attempt, and say whether ``who`` may make it: at most ``most`` ``within`` a time (a day at most).

    One that may not be made isn't counted.
    """
    if has_had_enough(session, key, what, who, now, most=most, within=within):
        return False
    session.add(Attempt(what=what, who_sum=keyed_sum(key, what, who), at=now))
    session.flush()
    return True


def has_had_enough(
    session: Session, key: str, what: str, who: str, now: datetime, *, most: int, within: timedelta
) -> bool:
    """Say whether ``who`` may make no more attempts ``within`` a time, and count nothing."""
    who_sum = keyed_sum(key, what, who)
    since = select(func.count()).where(Attempt.what == what, Attempt.who_sum == who_sum, Attempt.at > now - within)
    return (session.scalar(since) or 0) >= most


def network_of(address: str | None) -> str:
    """Give the network of an address: one household's or office's, as a rule."""
    try:
        own = ip_address(address or "")
    except ValueError:
        return "unknown"
    own = (own.version == 6 and own.ipv4_mapped) or own  # as a server that listens to both writes the older ones
    return str(ip_network((own, IPV4_NETWORK if own.version == 4 else IPV6_NETWORK), strict=False))
