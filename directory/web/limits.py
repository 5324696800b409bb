"""Limits on what a network may do: past them the answer is to wait."""

from datetime import timedelta

from flask import abort, current_app, request

from directory.accounts import limits
from directory.foundation import clock
from directory.request_state import session

AN_HOUR = timedelta(hours=1)
# How many an hour from one network: a school or an office shares one.
FROM_A_NETWORK = {
    "mail": 30,
    "draft": 60,
    "fetch": 30,
    "report": 20,
    "code": 60,
    "import": 20,
    "list": 30,
    "wrong key": 60,
    "class code": 200,
}
TO_AN_ADDRESS = 5


def allow_network(what: str) -> None:
    """Count this request against its network; answers 429 when that has had enough. The view commits."""
    network = limits.network_of(request.remote_addr)
    most = FROM_A_NETWORK[what]
    if not limits.allow(session(), _key(), what, network, clock.now(), most=most, within=AN_HOUR):
        abort(429)


def refuse_who_had_enough(what: str) -> None:
    """Answer 429 to a network that has had enough of this, and count nothing: for what is counted only when wrong."""
    network = limits.network_of(request.remote_addr)
    most = FROM_A_NETWORK[what]
    if limits.has_had_enough(session(), _key(), what, network, clock.now(), most=most, within=AN_HOUR):
        abort(429)


def may_write_to(email: str) -> bool:
    """Say whether one more email may go to this address in this hour."""
    return limits.allow(session(), _key(), "address", email, clock.now(), most=TO_AN_ADDRESS, within=AN_HOUR)


def _key() -> str:
    secret = current_app.secret_key
    assert isinstance(secret, str)
    return secret
