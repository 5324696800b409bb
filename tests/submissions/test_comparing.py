"""What changed, question by question and word by word."""

from directory.submissions.comparing import Row, rows
from directory.submissions.fields import Answers
from tests.submissions.answers import saying

SKILLS = {"quality": "Quality", "analytical": "Analysis"}


def marked(row: Row) -> tuple[str, str]:
    """Both sides in words, with brackets round what only one has."""
    sides = (row.before, row.after)
    old, new = ("".join(f"[{part.text}]" if part.marked else part.text for part in side) for side in sides)
    return old, new


def compared(before: Answers | None, after: Answers, **how: bool) -> dict[str, tuple[str, str]]:
    return {row.question.name: marked(row) for row in rows(before, after, SKILLS, **how) if row.is_changed}


def test_only_the_words_that_differ_are_marked() -> None:
    before = saying(needed="5 National 5s including maths and biology")
    after = saying(needed="5 National 5s including maths and a science", pay_from="23,100", closes_day="31")
    assert compared(before, after) == {
        "closes": ("[30 January 2027]", "[31 January 2027]"),
        "pay_from": ("[£22,600]", "[£23,100]"),
        "needed": (
            "5 National 5s including maths and [biology]",
            "5 National 5s including maths and [a science]",
        ),
    }


def test_what_is_said_for_the_first_time_or_no_longer_is_marked_whole() -> None:
    assert compared(saying(access=""), saying(support="")) == {
        "support": ("[Travel paid in the first month.]", "Not said"),
        "access": ("Not said", "[Step-free labs.]"),
    }


def test_the_same_said_in_another_way_is_no_change() -> None:
    before = saying(stages=["16-18", "school-leaver"], pay_from="22600.00", closes_day="30")
    assert compared(before, saying(stages=["school-leaver", "16-18"], pay_from="£22,600", closes_day="30")) == {}


def test_choices_are_told_in_words() -> None:
    (row,) = [row for row in rows(saying(), saying(), SKILLS) if row.question.name == "skills"]
    assert marked(row) == ("Quality, Analysis", "Quality, Analysis")


def test_what_a_page_does_not_say_never_counts_as_changed() -> None:
    live = saying(weekly_hours="", organisation_about="Something else")
    assert compared(live, saying(), live=True) == {}
    assert set(compared(live, saying())) == {"weekly_hours", "organisation_about"}


def test_private_answers_are_told_apart() -> None:
    public = {row.question.name for row in rows(None, saying(), SKILLS)}
    private = {row.question.name: marked(row)[1] for row in rows(None, saying(), SKILLS, private=True)}
    assert not public & private.keys()
    assert private["your_email"] == "sam@larkfield.example"


def test_with_nothing_before_everything_is_told_and_nothing_is_marked() -> None:
    told = rows(None, saying(), SKILLS)
    assert len(told) > 25
    assert not any(part.marked for row in told for part in (*row.before, *row.after))


def test_a_very_long_and_dull_answer_is_compared_in_reasonable_time() -> None:
    compared(saying(description="a " * 3000), saying(description="b a " * 1500))
