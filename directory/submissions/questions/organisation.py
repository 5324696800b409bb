"""What is asked of the organisation, and of whoever writes for it."""

from directory.organisations.models import OrganisationKind
from directory.submissions.questions.question import Look, Question, Step, as_options

ORGANISATION = (
    Question(
        "organisation_name",
        Step.ORGANISATION,
        "What is your organisation called?",
        Look.LINE,
        "The name people know it by. If we have it already, we’ll use its page.",
        autocomplete="organization",
    ),
    Question(
        "organisation_url",
        Step.ORGANISATION,
        "Its website",
        Look.LINK,
        "Like https://example.org. It helps us see that you speak for it.",
        most=500,
        autocomplete="url",
    ),
    Question(
        "organisation_kind",
        Step.ORGANISATION,
        "What sort of organisation is it?",
        Look.ONE_OF,
        options=as_options({kind: kind for kind in OrganisationKind}),
    ),
    Question(
        "organisation_about",
        Step.ORGANISATION,
        "What does it do?",
        Look.TEXT,
        "One or two sentences that a 15-year-old would follow.",
        most=600,
        optional=True,
    ),
    Question(
        "your_name",
        Step.ORGANISATION,
        "Your name",
        Look.LINE,
        "Only our moderators see it.",
        most=120,
        private=True,
        autocomplete="name",
    ),
    Question(
        "your_email",
        Step.ORGANISATION,
        "Your email address at work",
        Look.EMAIL,
        "Never shown. We send a link to it when you finish later or send for review.",
        most=254,
        private=True,
        autocomplete="email",
    ),
)
