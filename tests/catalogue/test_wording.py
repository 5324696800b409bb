"""Facts in words, and nothing said that is not known."""

import pytest

from directory.catalogue import wording
from directory.catalogue.kinds import KindName
from directory.catalogue.models import Level, Location, Opportunity
from directory.catalogue.vocabulary import Cost, Framework, Pay, PayPeriod, Reach


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({}, None),
        ({"pay": Pay.WAGE}, "Paid, amount not said"),
        ({"pay": Pay.UNPAID}, "Unpaid"),
        ({"pay": Pay.WAGE, "pay_minimum": 22600, "pay_maximum": 22600, "pay_period": PayPeriod.YEAR}, "£22,600 a year"),
        ({"pay": Pay.WAGE, "pay_minimum": 29970, "pay_period": PayPeriod.YEAR}, "From £29,970 a year"),
        ({"pay": Pay.BURSARY, "pay_maximum": 2720, "pay_period": PayPeriod.AWARD}, "Up to £2,720 in all"),
        (
            {"pay": Pay.BURSARY, "pay_minimum": 500, "pay_maximum": 1500, "pay_period": PayPeriod.AWARD},
            "£500 to £1,500 in all",
        ),
    ],
)
def test_pay_is_an_amount_with_its_period_or_what_is_known(known: dict[str, object], words: str | None) -> None:
    assert wording.pay(Opportunity(**known)) == words


def test_what_people_use_or_study_says_what_it_costs() -> None:
    assert wording.money(Opportunity(kind=KindName.RESOURCE, cost=Cost.FREE)) == ("Cost", "Free")
    assert wording.money(Opportunity(kind=KindName.COURSE)) == ("Cost", None)
    assert wording.money(Opportunity(kind=KindName.COURSE, pay=Pay.FUNDED, cost=Cost.FREE)) == ("Pay", "Funded")
    assert wording.money(Opportunity(kind=KindName.PLACEMENT, cost=Cost.FREE)) == ("Pay", None)


@pytest.mark.parametrize(
    ("said", "weeks", "words"),
    [
        (None, None, None),
        ("Three years", 156, "3 years"),
        ("Six to eight weeks", 7, "6 to 8 weeks"),
        ("24 months, depending on prior learning and off-site training", 104, "24 months"),
        ("Around two weeks on placement within a July to August programme", 2, "About 2 weeks"),
        ("A short visit that fits in with whatever lessons your class has", 0.1, "About half a day"),
        ("Minimum 36 months, average 42 months", None, "Minimum 36 months"),
        ("However long you like it to take in your own time and at your own pace", None, "Varies"),
    ],
)
def test_length_is_short_and_never_more_exact_than_the_source(
    said: str | None, weeks: float | None, words: str | None
) -> None:
    assert wording.length(Opportunity(length_words=said, length_weeks=weeks)) == words


@pytest.mark.parametrize(
    ("said", "short", "rest"),
    [
        (None, None, None),
        ("Three years", "3 years", None),
        ("5.5 years", "5.5 years", None),
        ("One year: two taught terms, then a placement.", "1 year", "Two taught terms, then a placement."),
        (
            "From one module to two years of study beside your job",
            "Varies",
            "From one module to two years of study beside your job",
        ),
    ],
)
def test_nothing_said_of_the_length_is_lost_or_said_twice(
    said: str | None, short: str | None, rest: str | None
) -> None:
    listing = Opportunity(length_words=said)
    assert (wording.length(listing), wording.more_on_length(listing)) == (short, rest)


@pytest.mark.parametrize(
    ("stages", "words"),
    [
        ([], None),
        (["14-16"], "14–16"),
        (["14-16", "16-18"], "14–18"),
        (["16-18", "undergraduate"], "16–18 and undergrad"),
        (["graduate", "phd"], "Graduate and PhD"),
        (["undergraduate", "graduate", "phd"], "Undergrad to PhD"),
        (["16-18", "undergraduate", "graduate", "phd", "postdoc"], "16–18 and over"),
        (["16-18", "graduate"], "16–18 and graduate"),
        (["returner"], "Returner"),
        (["16-18", "school-leaver", "graduate", "professional", "career-changer"], "16–18 and 4 more"),
    ],
)
def test_who_it_is_open_to_is_short_and_leaves_nobody_out_unsaid(stages: list[str], words: str | None) -> None:
    assert wording.open_to(stages) == words


def test_wells_fill_what_is_open_on_the_ladder() -> None:
    assert wording.wells(["16-18", "returner", "phd"]) == (False, True, False, False, True, False)


def site(place: str, region: str = "Scotland", nation: str = "Scotland") -> Location:
    return Location(reach=Reach.SITE, place=place, region=region, nation=nation)


@pytest.mark.parametrize(
    ("locations", "words"),
    [
        ([], None),
        ([site("Glasgow")], "Glasgow, Scotland"),
        ([site("London", "London", "England")], "London"),
        ([site("Leicester", "East Midlands"), site("London", "London")], "Leicester and London"),
        ([site("Oxford"), site("Bristol"), site("Bath"), site("Leeds")], "Oxford, Bristol and 2 more"),
        ([Location(reach=Reach.ONLINE)], "Online"),
        ([Location(reach=Reach.ONLINE), Location(reach=Reach.UK_WIDE)], "Online and UK-wide"),
        ([Location(reach=Reach.NATION, nation="Wales")], "Wales"),
        ([site("Leicester", "East Midlands"), Location(reach=Reach.UK_WIDE)], "Leicester and UK-wide"),
    ],
)
def test_place_is_where_in_a_few_words(locations: list[Location], words: str | None) -> None:
    assert wording.place(locations) == words


def levels(framework: Framework, *numbers: int) -> list[Level]:
    return [Level(framework=framework, number=number) for number in numbers]


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ([], None),
        (levels(Framework.RQF, 3), "Level 3"),
        (levels(Framework.CQFW, 4), "Level 4"),
        (levels(Framework.SCQF, 6), "SCQF level 6"),
        (levels(Framework.RQF, 3, 5), "Levels 3 and 5"),
        (levels(Framework.RQF, 3, 4, 7), "Levels 3 to 7"),
    ],
)
def test_level_is_counted_as_its_nation_counts(known: list[Level], words: str | None) -> None:
    assert wording.level(known) == words
