"""What public texts hold: fees, somebody's own details, words that keep people away, long sentences."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.submissions.checks import fees, personal, reading_age, wording
from directory.submissions.checks.reading_age import measure, syllables
from directory.submissions.checks.sentences import sentences
from directory.submissions.checks.wording import BadWords, read_words
from tests.submissions.cases import case, told, wrong


@pytest.mark.parametrize(
    "text",
    [
        "Online form and a £15 background check fee.",
        "You will need to pay for your DBS check before you start.",
        "There is an application fee of £20.",
        "An admin charge applies.",
        "A non-refundable deposit secures your place.",
        "You must pay £50 in advance.",
        "£25 towards your enhanced DBS check",
        "A training fee is due on the first day.",
        "A deposit of £100 is taken.",
        "You’ll buy your uniform at your own expense.",
        "The cost of the PVG is yours: a fee for the PVG check of £25.",
        "Administration fee: £10",
    ],
)
def test_money_asked_of_applicants_is_found(text: str) -> None:
    [finding] = fees.check(case({"how_to_apply": text}))
    assert (finding.verdict, finding.title, finding.field) == ("stop", "Asks applicants to pay", "how_to_apply")


def test_the_words_that_ask_are_shown() -> None:
    [finding] = fees.check(case({"how_to_apply": "Online form and a £15 background check fee."}))
    assert finding.evidence == "‘£15 background check fee’. Our rules don’t allow fees."


@pytest.mark.parametrize(
    "text",
    [
        "There is no application fee.",
        "We pay for your DBS check.",
        "Your DBS check is paid for by the hospital.",
        "You don’t pay for anything.",
        "Tuition fees are covered in full.",
        "The studentship covers home fees and a stipend.",
        "You won’t be asked to pay a deposit.",
        "You’ll deposit sequences in a public database.",
        "A leading charge in the field of surface charge and thin-film deposition.",
        "You’ll be in charge of two incubators.",
        "A DBS check is needed.",
        "Travel costs are reimbursed.",
        "We cover the cost of the DBS check.",
    ],
)
def test_words_of_money_that_ask_for_none_are_left_alone(text: str) -> None:
    assert told(fees.check(case({"description": text}))) == [("ok", "Asks applicants for no money")]


def test_what_a_course_costs_is_fine_and_a_fee_to_apply_for_it_is_not() -> None:
    course: dict[str, Any] = {"kind": "course", "cost": "fee"}
    priced = {"cost_note": "The course fee is £450. A booking fee of £5 and a deposit of £50 are part of it."}
    assert wrong(fees.check(case(priced, **course))) == []
    assert len(wrong(fees.check(case({"cost_note": "£450, and a £30 application fee."}, **course)))) == 1


def test_a_fee_for_a_role_is_stopped_wherever_it_is_said() -> None:
    [finding] = fees.check(case(cost="fee"))
    assert finding.evidence == "The listing says that people pay a fee for this internship."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Ring 07700 900123 after six.", "A mobile number"),
        ("Ring +44 7700 900 123.", "A mobile number"),
        ("Ring +44 (0)7700 900123.", "A mobile number"),
        ("Call (0141) 496 0123", "A phone number"),
        ("Call 0131-496-0123", "A phone number"),
        ("Write to jane.smith@clydewater.example.", "Somebody’s own email address"),
        ("Write to J.Smith2@clydewater.example", "Somebody’s own email address"),
        ("clydewater.jobs@gmail.com", "A private email address"),
        ("Contact Jane Smith on the day.", "A named person to contact"),
        ("Please email Dr Okafor first.", "A named person to contact"),
        ("Ask for Siân O’Neill at the desk", "A named person to contact"),
        ("Date of birth: 12/03/1999", "Somebody’s date of birth"),
        ("She was born on 3 March 1999.", "Somebody’s date of birth"),
        ("Send it to my home at 12 Acacia Avenue.", "A home address"),
        ("My home address is 4b Park Road.", "A home address"),
        ("Mine is QQ 12 34 56 C, no: AB 12 34 56 C.", "A National Insurance number"),
    ],
)
def test_somebodys_own_details_are_found(text: str, title: str) -> None:
    assert title in [finding.title for finding in wrong(personal.check(case({"how_to_apply": text})))]


@pytest.mark.parametrize(
    "text",
    [
        "Write to careers@clydewater.example or work.experience@clydewater.example.",
        "Write to early-careers@clydewater.example.",
        "Call 0800 123 4567 or 0300 123 4567.",
        "Contact Student Services for a form.",
        "Contact the team on the day.",
        "Email Clydewater Recruitment Team.",
        "You must be born on or after 1 September 2008.",
        "You were born before 1 September 2008.",
        "Meet at 215 Euston Road, London.",
        "We’re at 12 Acacia Avenue.",
        "£20,780 a year. Ref 2026/0012345678. Grant 10.1037/a0022530.",
        "From 01/02/2027 to 05/06/2027, 2,000 cells in 96 wells.",
        "See https://clydewater.example/jobs/0141496012345.",
    ],
)
def test_what_is_everybodys_is_left_alone(text: str) -> None:
    assert told(personal.check(case({"how_to_apply": text}))) == [("ok", "No personal details")]


def test_what_only_moderators_see_is_not_looked_at() -> None:
    private = {"your_email": "jane.smith@gmail.com", "safeguarding_contact": "07700 900123", "your_name": "Jane Smith"}
    assert wrong(personal.check(case(private))) == []


@pytest.mark.parametrize(
    ("text", "about", "instead"),
    [
        ("We want digital natives.", "age", "confident with computers"),
        ("A young and energetic team", "age", "what the team does"),
        ("A native  English\nspeaker", "where people come from", "good spoken and written English"),
        ("You must have own car", "money or disability", "how people get there"),
        ("He/she reports to the foreman", "gender", "you, or they"),
        ("A ROCKSTAR scientist", "gender", "skilled"),
        ("Able-bodied people", "disability", "what you can change"),
        ("From a Russell Group university", "background", "the grade you need"),
    ],
)
def test_a_word_that_keeps_people_away_comes_with_another(text: str, about: str, instead: str) -> None:
    finding = wrong(wording.check(case({"description": text})))[0]
    assert (finding.verdict, finding.field) == ("warn", "description")
    assert finding.evidence.endswith(f"may keep people away because of {about}.")
    assert instead in finding.fix


@pytest.mark.parametrize(
    "text",
    [
        "Drugs for aggressive tumours, and dominant genes.",
        "High-energy electrons",
        "Public health and good health in later life; in good health",
        "A double-blind trial with data-driven methods",
        "You’ll grow in confidence. Disabled people are welcome.",
        "The elite athlete programme",
    ],
)
def test_words_that_mean_something_else_are_left_alone(text: str) -> None:
    assert told(wording.check(case({"description": text}))) == [("ok", "Words keep nobody away")]


def test_coded_words_count_only_together() -> None:
    few = "You are ambitious, confident and competitive."
    assert wrong(wording.check(case({"description": few}))) == []
    [finding] = wording.check(case({"description": f"{few} You are fearless."}))
    assert finding.evidence.startswith("‘ambitious’, ‘confident’, ‘competitive’, ‘fearless’.")
    assert finding.source_url == "https://doi.org/10.1037/a0022530"


def test_a_list_of_words_that_is_none_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "exclusionary_words.yaml"
    file.write_text("phrases: [{words: [], about: age, instead: other}]")
    with pytest.raises(BadWords, match="coded"):
        read_words(file)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("the", 1),
        ("used", 1),
        ("helped", 1),
        ("wanted", 2),
        ("places", 2),
        ("table", 2),
        ("people", 2),
        ("science", 2),
        ("create", 2),
        ("therapy", 3),
        ("technician", 3),
        ("biology", 4),
        ("experience", 4),
        ("laboratory", 5),
        ("rhythm", 1),
    ],
)
def test_syllables_are_told_by_their_vowels(word: str, count: int) -> None:
    assert syllables(word) == count


def test_sentences_end_at_stops_and_lines_and_not_in_numbers() -> None:
    assert sentences("You earn £12.71 an hour. It’s 9 a.m. to five.\n- Good marks\r\n\r\n- A kind word!") == [
        "You earn £12.71 an hour.",
        "It’s 9 a.m. to five.",
        "- Good marks",
        "- A kind word!",
    ]


HARD = (
    "The successful candidate will be responsible for the facilitation of multidisciplinary investigations, and for "
    "communicating effectively with international stakeholders throughout the organisation. Considerable initiative is "
    "demonstrated by appropriate administrative contributions to regulatory documentation, notwithstanding "
    "organisational responsibilities associated with collaborative manufacturing."
)


def test_a_hard_text_is_told_with_its_longest_sentence() -> None:
    [finding] = reading_age.check(case({"description": HARD}, stages=["16-18"]))
    assert (finding.verdict, finding.title) == ("warn", "Hard to read for under-18s")
    assert "The longest sentence has 22 words: ‘The successful candidate" in finding.evidence


def test_a_plain_text_reads_well_and_a_short_one_says_nothing() -> None:
    assert told(reading_age.check(case(stages=["16-18"]))) == [("ok", "Reads well")]
    assert list(reading_age.check(case({"description": "A week in a lab."}))) == []


def test_adults_may_be_asked_more_than_under_18s() -> None:
    fairly = (
        "You will support a team that develops processes for manufacturing cell therapies, and prepare reports on "
        "experiments for discussion at weekly meetings with colleagues from several departments. You will analyse "
        "results carefully and present conclusions clearly. We particularly value curiosity and organisation, and "
        "collaborative communication."
    )
    assert told(reading_age.check(case({"description": fairly}, stages=["graduate"])))[0][0] == "ok"
    assert told(reading_age.check(case({"description": fairly}, stages=["16-18"])))[0][0] == "warn"


@given(st.lists(st.sampled_from(["cell", "lab", "grow", "the", "test"]), min_size=2, max_size=60))
def test_parting_a_sentence_never_makes_it_harder(words: list[str]) -> None:
    half = len(words) // 2
    whole, parted = measure(" ".join(words) + "."), measure(f"{' '.join(words[:half])}. X{' '.join(words[half:])}.")
    assert whole and parted
    assert parted.age <= whole.age
