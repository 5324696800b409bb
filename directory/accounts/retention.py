"""What is kept of signing in, and for how long."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from directory.accounts.models import Attempt, SignIn, Visit

# Long enough to look into something that went wrong, or was tried.
SIGN_INS_KEPT = timedelta(days=7)
# No limit looks further back.
ATTEMPTS_KEPT = timedelta(days=2)
VISITS_KEPT = timedelta(days=7)


def forget_sign_ins(session: Session, now: datetime) -> None:
    """Forget links and codes, visits that ended and attempts that no limit counts any more."""
    for old in (
        delete(SignIn).where(SignIn.ends_at < now - SIGN_INS_KEPT),
        delete(Visit).where(Visit.ends_at < now - VISITS_KEPT),
        delete(Attempt).where(Attempt.at < now - ATTEMPTS_KEPT),
    ):
        session.execute(old, execution_options={"synchronize_session": False})
