"""Somebody says they speak for an organisation: their email's domain, or a moderator, finds whether they do."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.models import Account, AuditRecord
from directory.foundation.letters import Letter
from directory.foundation.refusals import Refusal
from directory.foundation.settings import Settings
from directory.organisations.memberships import ask, confirm, refuse, vouches
from directory.organisations.models import Membership, Organisation, SpeaksBy
from tests.contracts.listings import NOW
from tests.search.rows import organisation
from tests.submissions.kept import somebody

SETTINGS = Settings.from_environment({})


@pytest.mark.parametrize(
    ("email", "url", "is_theirs"),
    [
        ("sam@larkfield.example", "https://www.larkfield.example/jobs", True),
        ("sam@mail.larkfield.example", "https://larkfield.example", True),
        ("SAM@LARKFIELD.EXAMPLE", "https://larkfield.example", True),
        ("sam@notlarkfield.example", "https://larkfield.example", False),
        ("sam@larkfield.example.evil.example", "https://larkfield.example", False),
        ("sam@larkfield.example", "https://jobs.larkfield.example", False),
        ("sam@gmail.com", "https://gmail.com", False),
        ("sam@google.com", "https://sites.google.com/larkfield", False),
        ("sam@sites.google.com", "https://sites.google.com/larkfield", False),
        ("sam@larkfield.wordpress.com", "https://larkfield.wordpress.com", False),
        ("sam@leeds.ac.uk", "https://www.leeds.ac.uk", True),
        ("sam@student.leeds.ac.uk", "https://www.leeds.ac.uk", False),
        ("sam@leeds.ac.uk", "https://ac.uk", False),
        ("sam@gosh.nhs.uk", "https://www.nhs.uk", False),
        ("sam@gosh.nhs.uk", "https://www.gosh.nhs.uk", True),
        ("sam@uk", "https://uk", False),
        ("sam@larkfield.example", None, False),
        (None, "https://larkfield.example", False),
        ("", "", False),
    ],
)
def test_only_an_address_at_its_own_domain_vouches(email: str | None, url: str | None, is_theirs: bool) -> None:
    assert vouches(email, url) is is_theirs


@pytest.fixture
def larkfield(session: Session) -> Organisation:
    made = organisation("Larkfield")
    made.url = "https://larkfield.example"
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def ana(session: Session) -> Account:
    return somebody(session, "ana@wayin.example", "Ana")


def acts(session: Session) -> list[str]:
    return list(session.scalars(select(AuditRecord.action).order_by(AuditRecord.id)))


def letters(session: Session) -> list[str]:
    return list(session.scalars(select(Letter.subject).order_by(Letter.id)))


def loaded(session: Session, member: Membership, larkfield: Organisation) -> Membership:
    session.flush()
    member.organisation = larkfield
    return member


def test_their_own_domain_confirms_them_at_once(session: Session, larkfield: Organisation) -> None:
    member = ask(session, somebody(session), larkfield, "I run it.", NOW)
    assert (member.confirmed_at, member.confirmed_by) == (NOW, SpeaksBy.EMAIL_DOMAIN)
    assert ask(session, member.account, larkfield, "Something else", NOW) is member
    assert (member.words, acts(session)) == ("I run it.", ["asked", "confirmed"])


def test_anybody_else_waits_and_is_confirmed_by_hand_once(
    session: Session, larkfield: Organisation, ana: Account
) -> None:
    member = loaded(session, ask(session, somebody(session, "sam@gmail.com"), larkfield, "", NOW), larkfield)
    assert member.confirmed_at is None
    for _twice in range(2):
        confirm(session, member, ana, NOW, SETTINGS)
    assert member.confirmed_by is SpeaksBy.HAND
    session.flush()
    assert letters(session) == ["You speak for Larkfield here"]


def test_who_is_refused_reads_why_and_may_ask_again_but_is_not_confirmed_by_domain(
    session: Session, larkfield: Organisation, ana: Account
) -> None:
    member = loaded(session, ask(session, somebody(session), larkfield, "", NOW), larkfield)
    with pytest.raises(Refusal, match="Say why"):
        refuse(session, member, ana, " ", NOW, SETTINGS)
    for _twice in range(2):
        refuse(session, member, ana, "You have left.", NOW, SETTINGS)
    assert (member.confirmed_at, member.refused_at) == (None, NOW)
    session.flush()
    assert letters(session) == ["We couldn’t confirm that you speak for Larkfield"]
    ask(session, member.account, larkfield, "I’m back.", NOW)
    assert (member.confirmed_at, member.refused_at, member.words) == (None, None, "I’m back.")


def test_nobody_vouches_for_themselves(session: Session, larkfield: Organisation, ana: Account) -> None:
    member = ask(session, ana, larkfield, "Me.", NOW)
    with pytest.raises(Refusal, match="This is you"):
        confirm(session, member, ana, NOW, SETTINGS)
