"""Who speaks for an organisation: somebody says so, and their email's domain or a moderator finds it true.

The caller commits.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.audit import record
from directory.accounts.models import Account
from directory.foundation import addresses
from directory.foundation.letters import post
from directory.foundation.mail_templates import compose
from directory.foundation.refusals import Refusal
from directory.foundation.settings import Settings
from directory.organisations.actions import domain
from directory.organisations.models import Membership, Organisation, SpeaksBy
from directory.organisations.queries import found_to_be

SUBJECT = "membership"
LONGEST_WORDS = 1_000

# Under these are the domains of many organisations, each its own.
TOO_WIDE = frozenset(
    {
        *("ac.uk", "co.uk", "gov.uk", "ltd.uk", "me.uk", "net.uk", "nhs.uk", "org.uk", "plc.uk", "police.uk", "sch.uk"),
        *("gov.scot", "gov.wales", "hscni.net", "nhs.net", "nhs.scot", "scot.nhs.uk", "wales.nhs.uk"),
    }
)
# Anybody can have an address or a page at these, so they vouch for nobody.
SHARED = frozenset(
    {
        *("aol.com", "btinternet.com", "doctors.net.uk", "fastmail.com", "gmail.com", "gmx.co.uk", "gmx.com"),
        *("googlemail.com", "hotmail.co.uk", "hotmail.com", "icloud.com", "live.co.uk", "live.com", "mac.com"),
        *("mail.com", "me.com", "msn.com", "ntlworld.com", "outlook.co.uk", "outlook.com", "pm.me", "proton.me"),
        *("protonmail.com", "sky.com", "talktalk.net", "tutanota.com", "virginmedia.com", "yahoo.co.uk", "yahoo.com"),
        *("ymail.com", "zoho.com", "blogspot.com", "eventbrite.co.uk", "eventbrite.com", "facebook.com", "github.com"),
        *("github.io", "google.com", "instagram.com", "linkedin.com", "medium.com", "netlify.app", "notion.site"),
        *("pages.dev", "sharepoint.com", "squarespace.com", "substack.com", "twitter.com", "vercel.app", "webflow.io"),
        *("weebly.com", "wixsite.com", "wordpress.com", "workable.com", "x.com", "youtube.com"),
    }
)
# Under these, of a university, are the addresses of those who study there and of those who once did.
NOT_STAFF = frozenset({"alum", "alumni", "student", "students", "stu"})


def ask(session: Session, account: Account, organisation: Organisation, words: str, now: datetime) -> Membership:
    """Note that somebody says they speak for an organisation, or for the one it was found to be.

    Their email's domain confirms it at once; otherwise it waits for a moderator, and so does whoever was refused
    before. Asking again changes what they say of themselves, as long as it isn't confirmed.
    """
    organisation = found_to_be(session, organisation)
    membership = _of(session, account, organisation)
    words = words.replace("\x00", "").strip()[:LONGEST_WORDS]
    if membership is None:
        membership = Membership(
            account_id=account.id, organisation_id=organisation.id, asked_at=now, words=words, account=account
        )
        session.add(membership)
        session.flush()
        record(session, "asked", SUBJECT, membership.id, now, by=account, after={"organisation": organisation.slug})
        if vouches(account.email, organisation.url):
            _confirm(session, membership, SpeaksBy.EMAIL_DOMAIN, None, now)
    elif membership.confirmed_at is None and (words != membership.words or membership.refused_at):
        membership.words = words or membership.words
        membership.asked_at = now
        if membership.refused_at:
            membership.refused_at = None
            record(session, "asked again", SUBJECT, membership.id, now, by=account)
    return membership


def vouches(email: str | None, url: str | None) -> bool:
    """Say whether an email address is at the organisation's own domain, or under it."""
    site, at = domain(url), (email or "").lower().rpartition("@")[2]
    if "." not in site or site in TOO_WIDE or any(site == host or site.endswith(f".{host}") for host in SHARED):
        return False
    under = at.removesuffix(site)
    return at == site or (at.endswith(f".{site}") and not NOT_STAFF & set(under.split(".")))


def confirm(session: Session, membership: Membership, by: Account, now: datetime, settings: Settings) -> None:
    """Confirm by hand that somebody speaks for an organisation, and tell them. Needs account and organisation loaded.

    What is confirmed already stays so. Raises Refusal for one's own: nobody vouches for themselves.
    """
    if membership.account_id == by.id:
        raise Refusal("This is you, so another moderator has to confirm it.")
    if membership.confirmed_at is not None:
        return
    _confirm(session, membership, SpeaksBy.HAND, by, now)
    _tell(session, membership, now, settings, confirmed=True, reason="")


def refuse(session: Session, membership: Membership, by: Account, why: str, now: datetime, settings: Settings) -> None:
    """Say that somebody doesn't speak for an organisation, or no longer does, and tell them why.

    What was refused already stays so. Raises Refusal without a reason.
    """
    if membership.refused_at is not None:
        return
    why = why.replace("\x00", "").strip()[:LONGEST_WORDS]
    if not why:
        raise Refusal("Say why. They read it, so that they know what to do.")
    was = str(membership.confirmed_by) if membership.confirmed_at else None
    membership.refused_at = now
    membership.confirmed_at = membership.confirmed_by = None
    session.flush()
    record(session, "refused", SUBJECT, membership.id, now, by=by, before={"confirmed by": was}, why=why)
    _tell(session, membership, now, settings, confirmed=False, reason=why)


def _of(session: Session, account: Account, organisation: Organisation) -> Membership | None:
    rows = select(Membership).where(Membership.account_id == account.id, Membership.organisation_id == organisation.id)
    return session.scalar(rows)


def _confirm(session: Session, membership: Membership, how: SpeaksBy, by: Account | None, now: datetime) -> None:
    membership.confirmed_at, membership.confirmed_by, membership.refused_at = now, how, None
    session.flush()
    record(session, "confirmed", SUBJECT, membership.id, now, by=by, after={"confirmed by": str(how)})


def _tell(
    session: Session, membership: Membership, now: datetime, settings: Settings, *, confirmed: bool, reason: str
) -> None:
    if not membership.account.email:
        return
    letter = compose(
        settings,
        "membership",
        membership.account.email,
        organisation=membership.organisation.name,
        confirmed=confirmed,
        reason=reason,
        address=addresses.at(settings, "/mine" if confirmed else f"/organisations/{membership.organisation.slug}"),
    )
    post(session, letter, now, purpose="membership")
