"""A page answers what it says clearly, each answer says where it stood, and what isn't clear is left to a person."""

import json
import time
from collections.abc import Mapping, Sequence
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from directory.foundation.resources import resource
from directory.places.gazetteer import Gazetteer
from directory.submissions.fields import ANSWER_NAMES, Look
from directory.submissions.links.fetching import Fetched
from directory.submissions.links.page_reading import Prefilled, prefill
from directory.submissions.reading import read
from tests.submissions.links.samples import URL, Sample, html, posting
from tests.submissions.links.samples_of_jobs import JOBS
from tests.submissions.links.samples_of_learning import BROKEN, LEARNING, SEEN

TODAY = date(2026, 11, 26)
SAMPLES = (*JOBS, *LEARNING, *BROKEN, *SEEN)
SKILLS: Mapping[str, Sequence[str]] = {
    skill["slug"]: (skill["name"], *skill["also"])
    for skill in yaml.safe_load((resource("seed_data") / "skills.yaml").read_text())
}
NAMES = [
    *("title", "description", "validThrough", "datePosted", "employmentType", "baseSalary", "jobLocation", "workHours"),
    *(
        "hiringOrganization",
        "educationRequirements",
        "totalJobOpenings",
        "typicalAgeRange",
        "offers",
        "hasCourseInstance",
    ),
    *(
        "startDate",
        "endDate",
        "timeToComplete",
        "eventSchedule",
        "provider",
        "address",
        "value",
        "minValue",
        "unitText",
    ),
    *("currency", "@id", "@type", "@graph", "@value", "name", "url", "price", "location", "potentialAction", "target"),
]
PIECES = [
    *(
        "Closing date: 5 March 2027",
        "£",
        "12",
        "-",
        "/",
        "<p>",
        "<li>",
        "</div>",
        "<!--",
        "&amp;",
        "\ud83d",
        "\0",
        "level 3",
    ),
    *(
        "salary £20k per year",
        "starts ",
        "March",
        "2027",
        "31 ",
        "<script>",
        "<h1>",
        "apply by",
        "0",
        "P1Y",
        "GBP",
        "Leeds",
    ),
    *("https://", "[::1]", "//", "2027-02-30", "T17:00:00+99:99", "99999999999", "JobPosting", "e999", "apprentice"),
]
WORDS = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(NAMES), inner, max_size=6)),
    max_leaves=20,
)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_page_answers_what_it_says(sample: Sample, gazetteer: Gazetteer) -> None:
    found = prefill(sample.fetched, gazetteer, SKILLS, TODAY)
    assert {name: found.answers.get(name) for name in sample.says} == sample.says
    assert [name for name in sample.unsaid if name in found.answers] == []
    for words in sample.remarks:
        assert any(words in remark.words for remark in found.remarks), found.remarks
    holds_together(found, gazetteer)


def test_there_are_enough_samples_to_trust_it() -> None:
    assert len(SAMPLES) > 60
    assert len({sample.name for sample in SAMPLES}) == len(SAMPLES)


def test_an_answer_says_where_it_stood(gazetteer: Gazetteer) -> None:
    page = html("<p>Apply by 5 March 2027. Be quick.</p>", posting(title="Lab intern", workHours="35 hours a week"))
    told = prefill(Fetched(URL, 200, "text/html", page), gazetteer, SKILLS, TODAY).told_origins
    assert told["title"] == "your page’s data for search engines: title"
    assert told["weekly_hours"] == "your page’s data for search engines: workHours, which says ‘35 hours a week’"
    assert told["closes_day"] == "your page, which says ‘Apply by 5 March 2027.’"
    assert told["info_url"] == "the address you gave"


def test_what_a_page_leaves_open_is_named(gazetteer: Gazetteer) -> None:
    page = html("", posting(title="Lab intern", description="Grow cells."))
    missing = prefill(Fetched(URL, 200, "text/html", page), gazetteer, SKILLS, TODAY).missing
    assert missing == (
        *("organisation_name", "organisation_url", "organisation_kind", "summary", "delivery", "skills"),
        *("closing", "pay", "stages"),
    )


def test_a_job_is_never_asked_what_it_costs(gazetteer: Gazetteer) -> None:
    page = html("", posting(offers={"price": 250, "priceCurrency": "GBP"}, isAccessibleForFree=True))
    assert "cost" not in prefill(Fetched(URL, 200, "text/html", page), gazetteer, SKILLS, TODAY).answers


def test_long_words_are_cut_where_a_word_or_a_sentence_ends(gazetteer: Gazetteer) -> None:
    page = html(
        "",
        posting(title="Apprentice " + "in cells " * 20, description="<p>Grow cells.</p>" * 2_000),
        head=f'<meta name="description" content="{"One sentence here. " * 30}">',
    )
    answers = prefill(Fetched(URL, 200, "text/html", page), gazetteer, SKILLS, TODAY).answers
    assert str(answers["title"]).endswith(" in cells…") or str(answers["title"]).endswith(" in…")
    assert str(answers["summary"]).endswith("One sentence here.")
    assert str(answers["description"]).endswith("Grow cells.")
    assert [len(str(answers[name])) <= ANSWER_NAMES[name].most for name in ("title", "summary", "description")] == [
        True
    ] * 3


@pytest.mark.parametrize("kind", ["text/html", "application/json"])
@pytest.mark.parametrize(
    "piece", ["<!--", "<a x='", "</", " ", "closes 5 March ", "<p>&lt;p&gt;", "[", "£1 a year pay "]
)
def test_two_megabytes_made_to_take_long_do_not(piece: str, kind: str, gazetteer: Gazetteer) -> None:
    text = piece * (2_000_000 // len(piece))
    if kind == "application/json":
        text = json.dumps(posting(description=text)) + " " * 1_000_000
    began = time.monotonic()
    prefill(Fetched(URL, 200, kind, text), gazetteer, SKILLS, TODAY)
    assert time.monotonic() - began < 10


@given(st.one_of(st.text(), WORDS), st.sampled_from(["text/html", "application/json"]))
def test_no_text_makes_it_raise(gazetteer: Gazetteer, text: str, kind: str) -> None:
    holds_together(prefill(Fetched(URL, 200, kind, text), gazetteer, SKILLS, TODAY), gazetteer)


@given(st.dictionaries(st.sampled_from(NAMES), VALUES), st.sampled_from(["JobPosting", "Course", "Event"]), WORDS)
def test_no_data_makes_it_raise(gazetteer: Gazetteer, said: dict[str, object], kind: str, body: str) -> None:
    page = html(body, json.dumps(said | {"@type": kind}))
    holds_together(prefill(Fetched(URL, 200, "text/html", page), gazetteer, SKILLS, TODAY), gazetteer)


def holds_together(found: Prefilled, gazetteer: Gazetteer) -> None:
    """Every answer is a question's, fits it, can be read, and says where it stood."""
    assert {origin.name for origin in found.origins} == found.answers.keys() <= ANSWER_NAMES.keys()
    for name, answer in found.answers.items():
        question = ANSWER_NAMES[name]
        assert answer
        assert isinstance(answer, list) == (question.look is Look.SOME_OF)
        assert type(answer) in (str, list)
        assert len(answer) <= question.most
        assert not question.private
    problems = read(found.answers, gazetteer, SKILLS, TODAY, asked=lambda _question: False).problems
    assert [problem for problem in problems if problem.field in found.answers] == []
    json.dumps([found.answers, found.told_origins, found.kept_origins]).encode()
