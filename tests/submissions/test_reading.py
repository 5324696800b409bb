"""What was typed is read as people mean it, and what can't be read is said plainly and keeps nothing else back."""

from collections.abc import Callable
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from directory.catalogue.vocabulary import Closing, Need, Pay, PayPeriod, Reach
from directory.places.gazetteer import Gazetteer
from directory.submissions.fields import ANSWER_NAMES, Answer
from directory.submissions.reading import Proposal, read
from tests.submissions.answers import saying

TODAY = date(2026, 11, 26)
Reading = Callable[..., Proposal]
SKILLS = ("quality", "analytical", "research")


@pytest.fixture
def reading(gazetteer: Gazetteer) -> Reading:
    def of(**instead: Answer) -> Proposal:
        return read(saying(**instead), gazetteer, SKILLS, TODAY)

    return of


def test_a_whole_submission_is_read(reading: Reading) -> None:
    proposal = reading()
    values = proposal.values
    assert proposal.problems == ()
    assert values["description"] == "You test samples.\n\nYou write down what you find."
    (place,) = values["locations"]
    assert (place["reach"], place["place"], place["region"]) == (Reach.SITE, "Darlington", "North East")
    assert values["levels"] == [{"framework": "RQF", "number": 4, "nation": "England", "local_name": None}]
    (a_round,) = values["rounds"]
    assert (a_round["opens_on"], a_round["closes_on"]) == (date(2026, 12, 7), date(2027, 1, 30))
    assert (a_round["closing"], a_round["closes_at"], a_round["places"]) == (Closing.FIXED, time(17), 4)
    assert a_round["starts_on"] == date(2027, 2, 1)
    assert (values["pay"], values["pay_minimum"], values["pay_period"]) == (Pay.WAGE, 22600, PayPeriod.YEAR)
    assert (values["length_words"], values["length_weeks"]) == ("2 years", 104)
    assert [(row["need"], row["text"]) for row in values["eligibility"]] == [
        (Need.NEEDED, "Five GCSEs at grade 4 or above"),
        (Need.NOT_NEEDED, "Lab experience"),
    ]


@pytest.mark.parametrize(
    ("instead", "field", "words"),
    [
        ({"title": ""}, "title", "Enter a title"),
        ({"title": "x" * 104}, "title", "Title must be 90 characters or fewer. You have 104"),
        (
            {"closes_day": "30", "closes_month": "11", "closes_year": "2026"},
            "closes",
            "Closing date must be after the opening date, 7 December 2026",
        ),
        ({"closes_year": ""}, "closes", "Closing date must include a year"),
        ({"closes_day": "31", "closes_month": "2"}, "closes", "Closing date must be a real date, like 27 11 2026"),
        (
            {"closes_day": "", "closes_month": "", "closes_year": ""},
            "closes",
            "Enter the closing date, or choose another way it closes",
        ),
        ({"pay_from": "competitive"}, "pay_from", "Enter the pay as a number, like 23400"),
        ({"pay_from": ""}, "pay_from", "Enter the pay for a year as a number, like 23400"),
        ({"pay_to": "100"}, "pay_to", "The higher pay must be more than the lower"),
        ({"apply_url": "javascript:alert(1)"}, "apply_url", "Enter a full web address, like https://example.org/apply"),
        (
            {"apply_url": "", "how_to_apply": ""},
            "apply_url",
            "Enter where people apply, or say how, or tick ‘the page isn’t live yet’",
        ),
        (
            {"places": "Darlington\nNowhere-on-Sea"},
            "places",
            "We don’t know ‘Nowhere-on-Sea’. Try a town, or the first half of a postcode like G51",
        ),
        ({"places": ""}, "places", "Enter a town or a postcode, or choose where people can join from"),
        ({"length_unit": ""}, "length_unit", "Choose days, weeks, months or years"),
        ({"closes_hour": "teatime"}, "closes_hour", "Enter the time like 5pm or 17:00"),
        ({"minimum_age": "16", "maximum_age": "14"}, "maximum_age", "The oldest age must be more than the youngest"),
        ({"your_email": "sam at larkfield"}, "your_email", "Enter an email address, like name@example.org"),
        ({"weekly_hours": "375"}, "weekly_hours", "A week has 168 hours. Enter the hours of work in one, like 37.5"),
    ],
)
def test_what_cannot_be_read_says_what_to_enter(
    reading: Reading, instead: dict[str, Answer], field: str, words: str
) -> None:
    assert reading(**instead).problems_of(field) == (words,)


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("5pm", time(17)),
        ("5 p.m.", time(17)),
        ("17:00", time(17)),
        ("noon", time(12)),
        ("12am", time(0)),
        ("9.30am", time(9, 30)),
    ],
)
def test_hours_are_read_as_people_write_them(reading: Reading, said: str, hour: time) -> None:
    assert reading(closes_hour=said).values["rounds"][0]["closes_at"] == hour


def test_a_kind_is_not_asked_what_it_has_not(reading: Reading) -> None:
    course = reading(kind="course", pay="", pay_from="", cost="free")
    assert course.problems == ()
    assert "pay" not in course.values


def test_online_is_a_place_of_its_own(reading: Reading) -> None:
    (place,) = reading(delivery="online", places="", nations=["UK"]).values["locations"]
    assert (place["reach"], place["nation"]) == (Reach.ONLINE, None)


def test_levels_are_counted_as_the_nation_counts(reading: Reading) -> None:
    (level,) = reading(places="Cardiff").values["levels"]
    assert (level["framework"], level["nation"]) == ("CQFW", "Wales")


ANYTHING = some.text(max_size=60) | some.lists(some.text(max_size=20), max_size=4)


@given(some.dictionaries(some.sampled_from(sorted(ANSWER_NAMES)), ANYTHING))
def test_nothing_that_is_typed_raises(gazetteer: Gazetteer, answers: dict[str, Answer]) -> None:
    proposal = read(answers, gazetteer, SKILLS, TODAY)
    assert all(problem.words for problem in proposal.problems)
