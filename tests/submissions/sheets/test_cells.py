"""What cells say: days, hours, pay, lists, web code; never guessed in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.submissions.fields import QUESTIONS, Answer
from directory.submissions.sheets.cells import Read, read_cell
from directory.submissions.sheets.days import read_day, read_hour
from directory.submissions.sheets.money import read_money
from directory.submissions.sheets.text import NotRead, cleaned
from tests.submissions.sheets.files import SKILLS


def cell(question: str, text: str) -> Read:
    return read_cell(QUESTIONS[question], text, SKILLS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("27/11/2026", "27 November 2026"),
        ("27.11.26", "27 November 2026"),
        ("3/4/27", "3 April 2027"),
        ("2027-04-03", "3 April 2027"),
        ("2027-04-03 17:00", "3 April 2027 at 17:00"),
        ("2027-04-03T00:00:00", "3 April 2027"),
        ("27 Nov 26", "27 November 2026"),
        ("27-Nov-26", "27 November 2026"),
        ("27th November 2026", "27 November 2026"),
        ("Friday 27th of November, 2026", "27 November 2026"),
        ("Fri 27 Nov 2026 at 5pm", "27 November 2026 at 5pm"),
        ("27/11/2026 12 noon", "27 November 2026 at noon"),
        ("27/11/2026 midnight", "27 November 2026 at 11:59pm"),
        ("November 27, 2026", "27 November 2026"),
        ("Sept 2027", "September 2027"),
        ("27 November", "27 November"),
        ("46353", "27 November 2026"),
        ("By 27 Nov '26", "27 November 2026"),
    ],
)
def test_a_day_is_read_in_any_spelling_day_first(text: str, words: str) -> None:
    assert read_day(text).words == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("asap", "can’t read"),
        ("11/27/2026", "month first"),
        ("31/02/2027", "real date"),
        ("Monday 27 November 2026", "is a Friday, not a Monday"),
        ("1 Jan 2027 - 31 Jan 2027", "can’t read"),
        ("Ma 2027", "can’t read"),
    ],
)
def test_what_is_no_day_is_told(text: str, words: str) -> None:
    with pytest.raises(NotRead, match=words):
        read_day(text)


def test_a_change_is_noted_in_words() -> None:
    assert cell("closes", "3/4/27").words == ["read ‘3/4/27’ as 3 April 2027"]
    assert cell("closes", "ongoing").answers == {"closing": "rolling"}
    assert cell("closes", "Open until filled").answers == {"closing": "until-filled"}


@pytest.mark.parametrize(("text", "hour"), [("17:00:00", "17:00"), ("5 PM", "5pm"), ("5.30pm", "5:30pm")])
def test_an_hour_is_read(text: str, hour: str) -> None:
    assert read_hour(text) == hour


@pytest.mark.parametrize(
    ("text", "choice", "low", "high"),
    [
        ("£22,600 - £24,000 per annum", "year", "22600", "24000"),
        ("£22,600–24,000 p.a.", "year", "22600", "24000"),
        ("22-24k", "year", "22000", "24000"),
        ("£12.50 per hour", "hour", "12.50", ""),
        ("12.21/hr", "hour", "12.21", ""),
        ("£320 a week", "week", "320", ""),
        ("£20,780 stipend", "stipend", "20780", ""),
        ("£500 in total", "award", "500", ""),
        ("up to £30,000 a year", "year", "", "30000"),
        ("25000", "year", "25000", ""),
        ("Unpaid", "unpaid", "", ""),
        ("expenses only", "costs", "", ""),
        ("Fully funded", "funded", "", ""),
    ],
)
def test_pay_is_read_from_words(text: str, choice: str, low: str, high: str) -> None:
    money = read_money(text)
    assert (money.choice, money.low, money.high, money.rest) == (choice, low, high, "")


def test_what_pay_says_beyond_the_amount_is_kept_whole() -> None:
    read = cell("pay_from", "Band 5: £29,970 pa plus pension")
    assert read.answers == {"pay_from": "29970", "pay": "year"}
    assert read.implied["pay_note"] == "Band 5: £29,970 pa plus pension"
    assert cell("pay_from", "Grade 6, 32,500 to 36,000").answers == {"pay_from": "32500", "pay_to": "36000"}


@pytest.mark.parametrize(
    "text",
    [
        *("Competitive", "£100 a day", "£1,900 per month", "£10 £20 £30", "£24,000 - £12"),
        *("AfC Band 5", "Grade 7", "€30,000", "$40,000 a year", "30,000 euros", "£24.600,00"),
    ],
)
def test_pay_that_does_not_say_how_much_is_told(text: str) -> None:
    assert cell("pay_from", text).problems


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("kind", "Intern", "internship"),
        ("kind", "Apprentiship", "apprenticeship"),
        ("kind", "Apprenticeship: Training at work or with an employer, towards a qualification.", "apprenticeship"),
        ("delivery", "In person", "on-site"),
        ("stages", "A-level students, graduates and PhD", ["16-18", "graduate", "phd"]),
        ("stages", "Year 12 / Year 13", ["16-18"]),
        ("nations", "England; Wales", ["England", "Wales"]),
        ("nations", "UK-wide", ["UK"]),
        ("levels", "Level 3, like A levels or Highers; SCQF 6", ["RQF 3", "SCQF 6"]),
        ("skills", "QC\nLab testing", ["quality", "analytical"]),
        ("hours", "FT", "full-time"),
        ("page_not_live", "TRUE", "yes"),
        ("weekly_hours", "37.5 hours per week", "37.5"),
        ("intake_places", "4 places", "4"),
        ("apply_url", '<a href="https://a.example/x?a=1&copy=2">Apply here</a>', "https://a.example/x?a=1&copy=2"),
        ("title", "<p>Cell&nbsp;therapy &amp; <b>gene</b></p>", "Cell therapy & gene"),
        ("needed", "• Maths\n• Biology; Care", "Maths\nBiology\nCare"),
        ("description", "R&D <16 years, a<b; -5 °C", "R&D <16 years, a<b; -5 °C"),
        ("title", "@home +44 lab", "@home +44 lab"),
    ],
)
def test_cells_are_matched_with_answers(question: str, text: str, answer: Answer) -> None:
    read = cell(question, text)
    assert (read.answers[question], read.problems) == (answer, [])


def test_one_cell_may_answer_several_questions() -> None:
    assert cell("length", "10 weeks").answers == {"length": "10", "length_unit": "weeks"}
    assert cell("minimum_age", "16-18 years").answers == {"minimum_age": "16", "maximum_age": "18"}
    assert cell("minimum_age", "18+").answers == {"minimum_age": "18"}
    remote = cell("places", "Leeds; Remote; Scotland")
    assert (remote.answers, remote.implied) == ({"places": "Leeds", "nations": ["Scotland"]}, {"delivery": "online"})
    assert remote.words


def test_part_of_a_list_that_is_no_answer_is_told_and_the_rest_is_read() -> None:
    read = cell("stages", "Graduates, wizards")
    assert read.answers == {"stages": ["graduate"]}
    assert "‘wizards’ isn’t one of the answers" in read.problems[0]


def test_not_applicable_says_nothing_where_nothing_needs_to_be_said() -> None:
    for question in ("hours", "starts", "weekly_hours", "access"):
        read = cell(question, "N/A")
        assert (read.answers, read.problems) == ({}, [])
        assert read.words == ["took ‘N/A’ as nothing said"]


def test_letters_that_look_garbled_are_told_and_left_as_they_are() -> None:
    read = cell("title", "CafÃ© â€“ taster")
    assert read.answers == {"title": "CafÃ© â€“ taster"}
    assert "garbled" in read.problems[0]


def test_a_formula_is_no_words() -> None:
    assert "formula" in cell("title", '=HYPERLINK("https://evil.example")').problems[0]


def test_code_that_never_ends_loses_no_words() -> None:
    assert cleaned("<style>p { } Keep this").text == "<style>p { } Keep this"
    assert cleaned("&lt;p&gt;Twice&lt;/p&gt;").text == "Twice"
    assert cleaned('See <a href="https://a.example">here</a>').text == "See here (https://a.example)"


@given(st.sampled_from(sorted(QUESTIONS)), st.text(max_size=80))
def test_any_cell_is_read_noted_or_reported(question: str, text: str) -> None:
    read = cell(question, text)
    if not text.strip() or read.words or read.problems:
        return
    said = " ".join(
        str(part) for answer in read.answers.values() for part in (answer if isinstance(answer, list) else [answer])
    )
    assert "".join(said.split()).lower() or read.implied


PIECES = [
    "<b>",
    "</p>",
    "<a href='x",
    "<!--",
    "-->",
    "<![if",
    "&amp;",
    "&#x0;",
    "&lt;",
    "<script>",
    "<",
    ">",
    "a ",
    "\n",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_any_web_code_is_cleaned_without_raising(text: str) -> None:
    assert isinstance(cleaned(text).text, str)
