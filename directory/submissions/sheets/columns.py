"""Which column answers which question: by its label, by a name often used, or nearly; what isn't known is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz, process

from directory.submissions.fields import ALL, QUESTIONS, Look
from directory.submissions.sheets.text import folded

WHAT_TO_FIX = "What to fix"
NEAR = 86
JOINED = frozenset({Look.LINES, Look.SOME_OF})

# What columns are called, beyond the questions' own labels and names.
HEADINGS: dict[str, tuple[str, ...]] = {
    "organisation_name": ("organisation", "organization", "employer", "company", "company name", "organisation name"),
    "organisation_url": ("organisation website", "company website", "employer website", "website"),
    "organisation_kind": ("organisation type", "type of organisation", "employer type", "sector"),
    "organisation_about": ("about the organisation", "about us", "company description", "about the employer"),
    "kind": (
        "opp type",
        "scheme type",
        "type",
        "kind",
        "opportunity type",
        "type of opportunity",
        "programme type",
        "category",
        "role type",
    ),
    "title": (
        "vacancy name",
        "post title",
        "job title",
        "role",
        "role title",
        "position",
        "vacancy",
        "opportunity",
        "vacancy title",
        "name",
        "post",
    ),
    "summary": ("summary", "short description", "one line", "strapline", "brief description", "in brief", "overview"),
    "description": (
        "blurb",
        "advert text",
        "job purpose",
        "description",
        "job description",
        "full description",
        "details",
        "about the role",
        "duties",
    ),
    "delivery": ("delivery", "mode", "format", "working pattern location", "remote", "on site or online", "how"),
    "places": ("location", "locations", "place", "town", "city", "town city", "postcode", "where", "site", "address"),
    "nations": ("nation", "nations", "country", "countries", "region", "uk nation"),
    "levels": ("level", "levels", "qualification level", "apprenticeship level", "rqf level", "scqf level"),
    "skills": (
        "skills",
        "skill",
        "skill area",
        "skill areas",
        "area",
        "areas",
        "area of work",
        "department",
        "function",
    ),
    "subjects": ("subjects", "subject", "related subjects", "degree subjects", "discipline", "disciplines"),
    "opens": ("opens", "opening date", "open date", "open from", "applications open", "date opens", "opens on"),
    "closing": ("closing type", "how it closes"),
    "closes": (
        *("app deadline", "closing date and time", "last date for applications"),
        *("closes", "closing date", "deadline", "application deadline", "close date", "end date for applications"),
        *("apply by", "applications close", "date closes", "closes on", "closing", "expiry date", "expires"),
    ),
    "closes_hour": ("closing time", "deadline time", "time", "closes at", "close time"),
    "starts": (
        "commencing",
        "commencement date",
        "expected start date",
        "starts",
        "start date",
        "start",
        "starting",
        "commences",
        "begins",
        "date starts",
        "programme start",
    ),
    "recurrence": ("recurrence", "frequency", "how often", "repeats", "annual"),
    "length": ("length", "duration", "how long", "contract length", "length of programme", "programme length", "term"),
    "length_unit": ("length unit", "duration unit", "unit", "units"),
    "hours": ("hours", "working pattern", "full time part time", "full or part time", "contract type", "ft pt"),
    "weekly_hours": ("hours per week", "weekly hours", "hours a week", "hours week", "hrs per week", "hpw"),
    "pay": ("pay type", "paid", "paid or unpaid", "is it paid", "pay basis", "paid unpaid"),
    "pay_from": (
        *("wage hr", "hourly rate", "wage per hour", "salary p a", "rate per hour"),
        *(
            "salary",
            "pay",
            "wage",
            "salary range",
            "remuneration",
            "stipend",
            "pay from",
            "salary from",
            "minimum salary",
        ),
        *("min salary", "salary min", "pay rate", "rate of pay", "bursary", "package", "annual salary"),
    ),
    "pay_to": ("pay to", "salary to", "maximum salary", "max salary", "salary max"),
    "unpaid_reason": ("reason unpaid", "why unpaid"),
    "pay_note": ("pay note", "pay notes", "salary notes", "pay details", "benefits", "salary details"),
    "cost": ("cost", "fee", "fees", "price", "cost to learner"),
    "cost_note": ("cost note", "cost details", "fee details", "price details"),
    "support": ("support", "help with costs", "expenses", "travel costs", "financial support", "bursaries"),
    "intake_places": (
        "places available",
        "number of places",
        "no of places",
        "vacancies",
        "positions",
        "openings",
        "spaces",
    ),
    "stages": (
        *("year group", "yr group", "school year"),
        *("audience", "stage", "stages", "who is it for", "who for", "who can apply", "open to", "target audience"),
        *("age group", "suitable for", "career stage", "target group", "eligible groups"),
    ),
    "minimum_age": ("minimum age", "min age", "age", "age range", "ages", "age from"),
    "maximum_age": ("maximum age", "max age", "age to"),
    "needed": (
        *("requirements", "eligibility", "entry requirements", "essential", "essential criteria", "qualifications"),
        *("what you need", "criteria", "qualifications needed", "required", "eligibility criteria", "you need"),
    ),
    "nice": ("desirable", "desirable criteria", "nice to have", "preferred", "desired"),
    "not_needed": ("not needed", "you dont need", "not required"),
    "applicant": ("applicant", "who applies", "applied for by"),
    "how_to_apply": ("how to apply", "application process", "apply", "application instructions", "application method"),
    "apply_url": (
        *("url to apply", "advert link", "advert url"),
        *("url", "link", "apply link", "application link", "apply url", "application url", "apply here", "web link"),
        *("web address", "weblink", "hyperlink", "link to apply", "apply online", "vacancy url", "job url", "webpage"),
    ),
    "page_not_live": ("page not live", "not live yet"),
    "info_url": ("more information", "more info", "info link", "further information", "information link", "info url"),
    "access": ("adjustments", "access", "accessibility", "reasonable adjustments", "access support"),
    "safeguarding_name": ("safeguarding", "safeguarding lead", "safeguarding name", "dsl", "safeguarding contact name"),
    "safeguarding_contact": ("safeguarding contact", "safeguarding email", "safeguarding phone", "dsl email"),
}
# Asked once for the whole file, of whoever brings it.
ASKED_ONCE = frozenset({"your_name", "your_email"})
ASKED = tuple(question for question in ALL if question.name not in ASKED_ONCE)


class How(StrEnum):
    """How a column's question was found."""

    LABEL = "its name"
    OFTEN = "a name often used"
    NEARLY = "nearly its name"
    CHOSEN = "your choice"
    TWICE = "read from another column"
    OURS = "our own column"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the question it answers, None when it isn't read, and how that was found."""

    index: int
    header: str
    question: str | None
    how: How

    @property
    def name(self) -> str:
        """Give its heading, or its letter when it has none."""
        return self.header or f"Column {letter(self.index)}"


def letter(index: int) -> str:
    """Give the letter that spreadsheets put above a column."""
    return (letter(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


def heading(text: str) -> str:
    """Fold a heading for comparing: without what stands in brackets after it, or a star."""
    outside = text.partition("(")[0] if not text.startswith("(") else text
    return folded(outside.replace("*", " ")) or folded(text)


LABELS = {folded(words): question.name for question in ASKED for words in (question.label, question.name)}
OFTEN = {words: name for name, several in HEADINGS.items() for words in map(folded, several)}
KNOWN = OFTEN | LABELS


def guess(header: str) -> tuple[str | None, How]:
    """Find the question that a heading asks."""
    words = heading(header)
    if words == folded(WHAT_TO_FIX):
        return None, How.OURS
    if words in LABELS:
        return LABELS[words], How.LABEL
    if words in OFTEN:
        return OFTEN[words], How.OFTEN
    if len(words) > 3:
        near = process.extractOne(words, list(KNOWN), scorer=fuzz.token_sort_ratio, score_cutoff=NEAR)
        if near:
            return KNOWN[near[0]], How.NEARLY
    return None, How.UNKNOWN


def match(headers: Sequence[str], chosen: Mapping[int, str] | None = None) -> tuple[Column, ...]:
    """Match every column; ``chosen`` holds what a person decided, by index, empty for a column not to be read.

    A question is read from one column: what somebody chose, else the best matched. Lists are joined from several.
    """
    chosen = chosen or {}
    columns = [_column(index, header, chosen) for index, header in enumerate(headers)]
    order = (How.CHOSEN, How.LABEL, How.OFTEN, How.NEARLY)
    taken: set[str] = set()
    for column in sorted(columns, key=lambda column: order.index(column.how) if column.how in order else 9):
        if column.question is None:
            continue
        if column.question in taken and QUESTIONS[column.question].look not in JOINED:
            columns[column.index] = replace(column, question=None, how=How.TWICE)
        taken.add(column.question)
    return tuple(columns)


def recognised(cells: Sequence[str]) -> int:
    """Count the cells of a row that are names of questions."""
    return len({KNOWN[words] for words in map(heading, cells) if words in KNOWN})


def _column(index: int, header: str, chosen: Mapping[int, str]) -> Column:
    question, how = guess(header)
    if index in chosen and how is not How.OURS:
        wanted = chosen[index] if chosen[index] in QUESTIONS else None
        if wanted != question:
            return Column(index, header, wanted, How.CHOSEN)
    return Column(index, header, question, how)
