"""One cell as the answers of its column's question: what was read, how, and what could not be."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from directory.submissions.fields import QUESTIONS, Answer, Look, Question
from directory.submissions.sheets.choices import Skills, choose, choose_several, not_answers
from directory.submissions.sheets.days import closing_in_words, read_day, read_hour
from directory.submissions.sheets.money import SAID, read_money
from directory.submissions.sheets.text import Cleaned, NotRead, cleaned, folded, short

YES = frozenset({"yes", "y", "true", "1", "x", "tick", "ticked", "✓", "✔"})
NO = frozenset({"no", "n", "false", "0", ""})
NOTHING = frozenset({"n/a", "n.a.", "not applicable", "-", "--", "–", "—"})
BULLET = re.compile(r"^(?:[-*•·–▪◦o]|\d{1,2}[.)])\s+")
LENGTH = re.compile(r"(\d+(?:\.\d+)?|an?|one|two|three|four|five|six)[\s-]*([a-z]+)\.?", re.IGNORECASE)
NUMBERS = {"a": "1", "an": "1", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
AGES = re.compile(
    r"(?:ages?|aged)?\s*(\d{1,2})\s*(?:-|–|to)\s*(\d{1,2})(?:\s*(?:years?|year olds?|yrs?))?", re.IGNORECASE
)
LOWEST_AGE = re.compile(r"(?:over|from)?\s*(\d{1,2})\s*(?:\+|and over|or over|plus)", re.IGNORECASE)
AROUND_NUMBERS = frozenset(
    "hours hour hrs a per week weekly places place people students of pw years year old age about".split()
)
ERROR = re.compile(r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|SPILL!|CALC!|FIELD!|BLOCKED!)|Err:[0-9]{3}")
LEADS = re.compile(r"(.*\S) \((https?://[^\s()]+)\)", re.IGNORECASE)
# What a name that is a link says of an address that no column gives.
LED_TO = {"organisation_name": "organisation_url", "title": "apply_url"}
ADDRESS = re.compile(r"https?://[^\s<>()\"]+", re.IGNORECASE)


@dataclass
class Read:
    """What a cell says: ``answers`` outright, ``implied`` when nothing else says otherwise.

    ``words`` tell a person how it was read, where that isn't as it stands; ``problems`` are what to put right.
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    implied: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_cell(question: Question, cell: str, skills: Skills) -> Read:
    """Read one cell; never raises. What can't be read is a problem, and its text stays where it was."""
    plain = cleaned(cell)
    read = Read()
    if not plain.text:
        if cell.strip():
            read.problems.append(f"‘{short(cell)}’ holds nothing but web code. Type the words")
        return read
    if ERROR.fullmatch(plain.text):
        read.problems.append(f"‘{plain.text}’ is an error of the spreadsheet. Type what it should say")
        return read
    if question.optional and plain.text.lower() in NOTHING:
        read.words.append(f"took ‘{plain.text}’ as nothing said")
        return read
    try:
        if plain.text.startswith("=") and question.look is not Look.TEXT:
            raise NotRead(f"‘{short(plain.text)}’ begins like a formula. Type the words it should say")
        reader = BY_NAME.get(question.name) or BY_LOOK[question.look]
        read = reader(question, plain, skills)
    except NotRead as problem:
        read.problems.append(str(problem))
    if plain.coded and not read.problems:
        read.words.append(f"took the web code out: ‘{short(plain.text)}’")
    if plain.garbled:
        read.problems.append(f"Some letters look garbled: ‘{plain.garbled}’. Type them again")
    return read


def _as(read: Read, cell: str, words: str) -> Read:
    """Say how a cell was read, unless that is what it says."""
    if folded(cell) != folded(words):
        read.words.append(f"read ‘{short(cell)}’ as {words}")
    return read


def _text(question: Question, cell: Cleaned, _skills: Skills) -> Read:
    return Read({question.name: cell.text})


def _line(question: Question, cell: Cleaned, _skills: Skills) -> Read:
    line = " ".join(cell.text.split())
    leads = LEADS.fullmatch(line) if question.name in LED_TO else None
    if leads is None:
        return Read({question.name: line})
    return Read({question.name: leads[1]}, {LED_TO[question.name]: leads[2]})


def _lines(question: Question, cell: Cleaned, _skills: Skills) -> Read:
    parts = [part for part in re.split(r"[\n;|•]", cell.text) if part.strip(" .")]
    lines = [BULLET.sub("", part.strip()) for part in parts]
    read = Read({question.name: "\n".join(lines)})
    if "\n".join(lines) != cell.text:
        read.words.append(f"read it as {len(lines)} {'line' if len(lines) == 1 else 'lines'}")
    return read


PLACES_TO_JOIN_FROM = ("nations", "delivery")


def _places(question: Question, cell: Cleaned, skills: Skills) -> Read:
    """Read towns and postcodes; "remote" and "nationwide" are no places but say something."""
    read = _lines(question, cell, skills)
    places: list[str] = []
    nations: list[str] = []
    for line in str(read.answers[question.name]).split("\n"):
        for name in PLACES_TO_JOIN_FROM:
            try:
                value, exact = choose(name, line, skills)
            except NotRead:
                continue
            if exact and name == "delivery":
                read.implied["delivery"] = value
                _as(read, line, f"taking part {value}")
                break
            if exact:
                nations.append(value)
                _as(read, line, f"people can join from {'anywhere in the UK' if value == 'UK' else value}")
                read.words.append(f"took ‘{line}’ as where people can join from")
                break
        else:
            places.append(line)
    read.answers = {"places": "\n".join(places)} if places else {}
    if nations:
        read.answers["nations"] = nations
    return read


def _one_of(question: Question, cell: Cleaned, skills: Skills) -> Read:
    value, exact = choose(question.name, cell.text, skills)
    label = dict(question.options).get(value, value).partition(":")[0]
    read = Read({question.name: value})
    return read if exact and folded(cell.text) == folded(label) else _as(read, cell.text, f"‘{label}’")


def _some_of(question: Question, cell: Cleaned, skills: Skills) -> Read:
    chosen, unknown, _exact = choose_several(question.name, cell.text, skills)
    read = Read({question.name: chosen} if chosen else {})
    labels = dict(question.options) | {slug: words[0] for slug, words in skills.items()}
    if chosen:
        _as(read, cell.text, ", ".join(f"‘{labels.get(value, value).partition(':')[0]}’" for value in chosen))
    if unknown:
        read.problems.append(not_answers(question.name, unknown, skills))
    return read


def _date(question: Question, cell: Cleaned, _skills: Skills) -> Read:
    if question.name == "closes" and (closing := closing_in_words(cell.text)):
        words = {"rolling": "people can apply any time", "until-filled": "it closes when the places are filled"}
        return _as(Read({"closing": closing}), cell.text, words[closing])
    day = read_day(cell.text)
    parts = {"day": day.day, "month": day.month, "year": day.year}
    read = Read({f"{question.name}_{part}": str(number) for part, number in parts.items() if number})
    if question.name == "closes":
        read.implied["closing"] = "fixed"
        if day.at:
            read.implied["closes_hour"] = day.at
    elif day.at:
        read.words.append(f"left the time out, {day.at}")
    return _as(read, cell.text, day.words)


def _hour(question: Question, cell: Cleaned, _skills: Skills) -> Read:
    at = read_hour(cell.text)
    return _as(Read({question.name: at}), cell.text, at)


def _pay(question: Question, cell: Cleaned, _skills: Skills) -> Read:
    """Read what stands in any of the columns about pay: an amount, a range, a word."""
    money = read_money(cell.text)
    read = Read()
    if question.name == "pay_to" and money.low and not money.high:
        read.answers["pay_to"] = money.low
    else:
        read.answers |= {name: said for name, said in (("pay_from", money.low), ("pay_to", money.high)) if said}
    if money.choice and (money.is_said or question.name != "pay_to"):
        (read.answers if money.is_said else read.implied)["pay"] = money.choice
    if money.rest:
        read.implied["pay_note"] = money.rest
    amount = bool(money.low or money.high)
    if amount and (not money.is_said or not re.fullmatch(r"[£\d,.]+", cell.text)):
        words = money.words if money.is_said else f"£{money.words.partition('£')[2]}"
        _as(read, cell.text, words)
    elif not amount and money.choice:
        _as(read, cell.text, f"‘{dict(QUESTIONS['pay'].options)[money.choice]}’")
    return read


def _number(question: Question, cell: Cleaned, _skills: Skills) -> Read:
    found = NUMBER.findall(cell.text)
    around = [word for word in folded(NUMBER.sub(" ", cell.text)).split() if word not in AROUND_NUMBERS]
    if len(found) != 1 or around or "-" in cell.text[:1]:
        raise NotRead(f"We can’t read ‘{short(cell.text)}’ as a number. Write it like 12")
    return _as(Read({question.name: found[0].replace(",", "")}), cell.text, found[0])


def _ages(question: Question, cell: Cleaned, skills: Skills) -> Read:
    if found := AGES.fullmatch(cell.text):
        read = Read({"minimum_age": found[1], "maximum_age": found[2]})
        return _as(read, cell.text, f"from {found[1]} to {found[2]} years old")
    if (found := LOWEST_AGE.fullmatch(cell.text)) and question.name == "minimum_age":
        return _as(Read({"minimum_age": found[1]}), cell.text, f"{found[1]} or older")
    return _number(question, cell, skills)


def _length(question: Question, cell: Cleaned, skills: Skills) -> Read:
    found = LENGTH.fullmatch(cell.text)
    if not found:
        return _number(question, cell, skills)
    number = NUMBERS.get(found[1].lower(), found[1])
    unit, _exact = choose("length_unit", found[2], skills)
    return _as(Read({"length": number, "length_unit": unit}), cell.text, f"{number} {unit}")


def _link(question: Question, cell: Cleaned, _skills: Skills) -> Read:
    targets = [link for link in cell.links if ADDRESS.fullmatch(link)]
    found = list(dict.fromkeys([*targets, *ADDRESS.findall(cell.text)]))
    if len(found) > 1:
        raise NotRead(f"‘{short(cell.text)}’ has more than one web address. Keep the one for this column")
    if found:
        return _as(Read({question.name: found[0]}), cell.text, found[0])
    return Read({question.name: cell.text})


def _tick(question: Question, cell: Cleaned, _skills: Skills) -> Read:
    said = folded(cell.text) or cell.text
    if said in YES:
        return _as(Read({question.name: "yes"}), cell.text, "‘Yes’")
    if said in NO:
        return _as(Read(), cell.text, "‘No’")
    raise NotRead(f"‘{short(cell.text)}’ is neither yes nor no. Write Yes or leave it empty")


Reader = Callable[[Question, Cleaned, Skills], Read]
BY_LOOK: dict[Look, Reader] = {
    Look.LINE: _line,
    Look.TEXT: _text,
    Look.LINES: _lines,
    Look.ONE_OF: _one_of,
    Look.SOME_OF: _some_of,
    Look.DATE: _date,
    Look.NUMBER: _number,
    Look.MONEY: _pay,
    Look.LINK: _link,
    Look.EMAIL: _line,
    Look.TICK: _tick,
}
BY_NAME: dict[str, Reader] = {
    "closes_hour": _hour,
    "length": _length,
    "minimum_age": _ages,
    "maximum_age": _ages,
    "pay": _pay,
    "places": _places,
}
assert set(SAID) <= {value for value, _label in QUESTIONS["pay"].options}
