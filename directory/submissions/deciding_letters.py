"""The letters that tell a submitter what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from directory.catalogue.models import Opportunity, Standing
from directory.foundation import addresses
from directory.foundation.mail import Message
from directory.foundation.mail_templates import compose
from directory.foundation.settings import Settings
from directory.submissions.fields import QUESTIONS, Step
from directory.submissions.models import Purpose, Submission


@dataclass(frozen=True, slots=True)
class Complaint:
    """One reason for returning something: the question it is about, when it is about one, and what to change."""

    field: str
    words: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """An answer that a moderator changed, in words."""

    label: str
    before: str
    after: str


# The news, and what it means.
APPROVED: Mapping[Purpose, tuple[str, str]] = {
    Purpose.NEW: ("‘{}’ is live", "A person checked it, and it’s live. People find it in searches from now on."),
    Purpose.CHANGE: ("Your changes to ‘{}’ are live", "A person checked your changes, and the listing now has them."),
    Purpose.CONFIRMATION: ("‘{}’ is confirmed", "Thank you. The listing now says that you confirmed it."),
    Purpose.REMOVAL: ("‘{}’ is taken down", "We took the listing down, as you asked. Its page says that it’s gone."),
}
OFF_THE_SITE = (
    "Your changes to ‘{}’ are kept",
    "A person checked your changes, and the listing has them. It’s off the site at the moment: put it back from its "
    "page, and people find it again.",
)
RETURNED: Mapping[Purpose, str] = {
    Purpose.NEW: "It isn’t published yet. Change what is below and send it again.",
    Purpose.CHANGE: "The live listing stays as it was. Change what is below and send it again.",
    Purpose.CONFIRMATION: "The live listing stays as it was. Look at what is below and send it again.",
    Purpose.REMOVAL: "The live listing stays as it was. Look at what is below and send it again.",
}


def approved(
    settings: Settings, submission: Submission, to: str, listing: Opportunity, edits: Sequence[Edit], message: str
) -> Message:
    """Write that something was approved, what a moderator changed in it, and whether anybody sees it."""
    is_removal, is_public = submission.purpose is Purpose.REMOVAL, listing.standing is Standing.PUBLISHED
    subject, news = APPROVED[submission.purpose] if is_public or is_removal else OFF_THE_SITE
    address = addresses.opportunity(settings, listing.slug) if is_public else ""
    if not is_public and not is_removal:
        address = addresses.at(settings, f"/mine/{listing.slug}")
    return compose(
        settings,
        "approved",
        to,
        subject=subject.format(listing.title),
        news=news,
        edits=edits,
        message=message,
        address=address,
    )


def approved_once(settings: Settings, submission: Submission, to: str) -> Message:
    """Write that one of two moderators approved something, and what it waits for."""
    return compose(
        settings,
        "approved_once",
        to,
        title=submission.title or "What you sent",
        is_listed=submission.opportunity_id is not None,
        address=addresses.at(settings, f"/submit/{submission.key}/sent"),
    )


def returned(
    settings: Settings, submission: Submission, to: str, complaints: Sequence[Complaint], message: str
) -> Message:
    """Write that something was returned: each reason leads to the field it is about."""
    return compose(
        settings,
        "returned",
        to,
        title=submission.title or "What you sent",
        news=RETURNED[submission.purpose],
        complaints=[
            {
                "about": QUESTIONS[one.field].label if one.field else "",
                "words": one.words,
                "address": field_address(settings, submission, one.field),
            }
            for one in complaints
        ],
        message=message,
        address=addresses.at(settings, f"/submit/{submission.key}/{Step.CHECK}"),
    )


def field_address(settings: Settings, submission: Submission, field: str) -> str:
    """Give the address of a submission's field; of its last step when it is about none."""
    step = QUESTIONS[field].step if field else Step.CHECK
    return addresses.at(settings, f"/submit/{submission.key}/{step}") + (f"#about-{field}" if field else "")
