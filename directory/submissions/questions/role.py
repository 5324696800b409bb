"""What is asked of the role: what it is, what people do, where."""

from directory.catalogue.kinds import KINDS, KindName
from directory.catalogue.vocabulary import DELIVERY_WORDS, LIKE, SCQF_TO_RQF, Framework
from directory.places.regions import NATIONS
from directory.submissions.questions.question import Look, Options, Question, Step, as_options

WITHOUT_LEVELS = frozenset(KindName) - {
    KindName.APPRENTICESHIP,
    KindName.COURSE,
    KindName.STUDENTSHIP,
    KindName.GRADUATE_SCHEME,
}
LEVEL_OPTIONS: Options = tuple(
    (f"{Framework.RQF} {number}", f"Level {number}, like {like}") for number, like in LIKE.items() if number > 1
) + tuple((f"{Framework.SCQF} {number}", f"SCQF level {number}") for number in SCQF_TO_RQF)


ROLE = (
    Question(
        "kind",
        Step.ROLE,
        "What is it?",
        Look.ONE_OF,
        options=tuple((str(name), f"{kind.singular}: {kind.meaning}") for name, kind in KINDS.items()),
    ),
    Question(
        "title",
        Step.ROLE,
        "Its title",
        Look.LINE,
        "What they’d do, in words a student would search for, like ‘Cell therapy laboratory apprentice’.",
        most=90,
    ),
    Question(
        "summary",
        Step.ROLE,
        "In one sentence",
        Look.TEXT,
        "It stands in search results.",
        most=240,
    ),
    Question(
        "description",
        Step.ROLE,
        "What will people do?",
        Look.TEXT,
        "A day or a week of it, in plain words. Leave an empty line between paragraphs.",
        most=6000,
    ),
    Question(
        "delivery",
        Step.ROLE,
        "How do people take part?",
        Look.ONE_OF,
        options=as_options(DELIVERY_WORDS),
    ),
    Question(
        "places",
        Step.ROLE,
        "Where is it?",
        Look.LINES,
        "A town or a postcode, one a line. Leave it empty if it’s only online.",
        most=1000,
        optional=True,
    ),
    Question(
        "nations",
        Step.ROLE,
        "Where can people join from?",
        Look.SOME_OF,
        "For something online, or in places you can’t name yet.",
        options=(("UK", "Anywhere in the UK"), *((nation, nation) for nation in NATIONS)),
        optional=True,
    ),
    Question(
        "levels",
        Step.ROLE,
        "Which level does it lead to?",
        Look.SOME_OF,
        "Level for England, Wales and Northern Ireland; SCQF for Scotland.",
        options=LEVEL_OPTIONS,
        optional=True,
        not_for=WITHOUT_LEVELS,
    ),
    Question("skills", Step.ROLE, "Which areas of work is it?", Look.SOME_OF, "Choose the nearest one to three."),
    Question(
        "subjects",
        Step.ROLE,
        "Subjects it goes with",
        Look.LINE,
        "With commas between, like ‘biology, chemistry, computing’.",
        optional=True,
    ),
)
