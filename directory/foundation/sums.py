"""Sums of secrets: what is kept of a token, a code or an address, so that the database itself gives nothing away."""

import hashlib
import hmac
import secrets


def new_token() -> str:
    """Make a secret that nobody can guess: 43 letters, fit for an address and a cookie."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Make a code of six digits."""
    return f"{secrets.randbelow(1_000_000):06}"


def sum_of(token: str) -> str:
    """Sum up a secret that is long enough to need no key."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def keyed_sum(key: str, *parts: str) -> str:
    """Sum up something short enough to be guessed, with the key of this product."""
    said = "\x1f".join(parts).encode("utf-8", "replace")
    return hmac.new(key.encode(), said, hashlib.sha256).hexdigest()


def is_same(one: str, other: str) -> bool:
    """Compare two secrets in a time that tells nothing of them."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
