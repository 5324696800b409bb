"""The links of what waits are opened once each time it is sent, and what came of it is among its checks."""

from sqlalchemy.orm import Session

from directory.accounts.models import Account
from directory.places.gazetteer import Gazetteer
from directory.submissions import actions
from directory.submissions.links.opening import open_links
from directory.submissions.models import Submission
from tests.contracts.listings import NOW
from tests.submissions.answers import saying
from tests.submissions.links.web_of_ours import Reply, opened


def waiting(session: Session) -> Submission:
    """Put something before the moderators."""
    account = Account(email="sam@larkfield.example", made_at=NOW)
    session.add(account)
    session.flush()
    submission = actions.begin(session, NOW, answers=saying(), account=account)
    actions.enter_queue(session, submission, NOW)
    session.commit()
    return submission


def test_a_page_that_is_not_there_is_told_once(session: Session, gazetteer: Gazetteer) -> None:
    submission = waiting(session)
    with opened() as web:
        web.pages["https://larkfield.example/apply"] = Reply(status=404)
        looked = [open_links(session, NOW, web.fetcher(), lambda: gazetteer) for _ in range(3)]
        assert looked == [1, 0, 0]
        assert len(web.pages_asked()) == 1
    assert "Page isn’t there" in [finding["title"] for finding in submission.snapshots[-1].checks]


def test_what_is_sent_again_is_looked_at_again(session: Session, gazetteer: Gazetteer) -> None:
    submission = waiting(session)
    with opened() as web:
        open_links(session, NOW, web.fetcher(), lambda: gazetteer)
        actions.take_back(session, submission, NOW)
        assert open_links(session, NOW, web.fetcher(), lambda: gazetteer) == 0
        actions.enter_queue(session, submission, NOW)
        assert open_links(session, NOW, web.fetcher(), lambda: gazetteer) == 1


def test_nothing_waiting_reads_no_gazetteer(session: Session) -> None:
    def never() -> Gazetteer:
        raise AssertionError("the gazetteer was read for nothing")

    with opened() as web:
        assert open_links(session, NOW, web.fetcher(), never) == 0
