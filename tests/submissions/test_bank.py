"""The bank of reasons is filled once and then kept by moderators, whose every change is written down."""

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from directory.accounts.audit import history
from directory.foundation.refusals import Refusal
from directory.foundation.resources import resource
from directory.submissions import bank
from directory.submissions.fields import QUESTIONS
from directory.submissions.models import Reason
from directory.submissions.queries import reasons
from tests.contracts.listings import NOW
from tests.submissions.reviewed import moderator

FILE = resource("seed_data") / "reasons.yaml"


def test_it_begins_with_the_reasons_of_the_file_and_is_filled_only_once(session: Session) -> None:
    bank.fill(session, FILE)
    first = reasons(session)
    assert len(first) == 12
    assert first[0].label == "It asks applicants to pay"
    assert all(reason.field in QUESTIONS and reason.words.strip() for reason in first)
    ana = moderator(session)
    for reason in first[1:]:
        bank.retire(session, reason, ana, NOW)
    bank.fill(session, FILE)
    assert reasons(session) == first[:1]
    session.execute(delete(Reason))
    bank.fill(session, FILE)
    assert len(reasons(session)) == 12


def test_every_change_of_it_is_written_down(session: Session) -> None:
    ana = moderator(session)
    reason = bank.add(session, " No  pictures ", "Say it in words. ", "", ana, NOW)
    assert (reason.label, reason.words) == ("No pictures", "Say it in words.")
    bank.change(session, reason, "No pictures", "Say it in words too.", "description", ana, NOW)
    bank.change(session, reason, "No pictures", "Say it in words too.", "description", ana, NOW)
    bank.retire(session, reason, ana, NOW)
    bank.retire(session, reason, ana, NOW)
    session.flush()
    acts = history(session, "reason", reason.id)
    assert [act.action for act in acts] == ["added", "changed", "retired"]
    assert (acts[1].before["words"], acts[1].after["words"]) == ("Say it in words.", "Say it in words too.")
    assert bank.reason_of(session, reason.id) is None


@pytest.mark.parametrize(
    ("label", "words", "field"),
    [("", "Words", ""), ("Label", " ", ""), ("x" * 121, "Words", ""), ("Label", "x" * 1001, ""), ("A", "B", "shoes")],
)
def test_a_reason_that_says_nothing_or_far_too_much_is_refused(
    session: Session, label: str, words: str, field: str
) -> None:
    with pytest.raises(Refusal):
        bank.add(session, label, words, field, moderator(session), NOW)
