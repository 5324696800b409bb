"""The key that signs what must not be forged: given in production, made once in development."""

import os
import secrets

from directory.foundation.refusals import Misconfigured
from directory.foundation.settings import SHORTEST_SECRET, Settings

FILE_NAME = "secret_key"


def secret_key(settings: Settings) -> str:
    """Give the signing key; in development make it once and keep it where only its owner can read it."""
    if settings.secret_key:
        return settings.secret_key
    kept = settings.data_folder / FILE_NAME
    try:
        # Created and filled apart, then linked into place: of two starting at once, one wins whole.
        draft = settings.data_folder / f".{FILE_NAME}.{os.getpid()}"
        if not kept.exists():
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(48))
            try:
                os.link(draft, kept)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        secret = kept.read_text(encoding="ascii", errors="replace").strip()
    except OSError as problem:
        raise Misconfigured(f"The secret at {kept} cannot be kept: {problem.strerror}.") from None
    if len(secret) < SHORTEST_SECRET:
        raise Misconfigured(f"The secret at {kept} is damaged. Delete that file and a new one is made.")
    return secret
