"""What people write for the answers of closed lists, and how a cell is matched with them."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from rapidfuzz import fuzz, process

from directory.submissions.fields import QUESTIONS
from directory.submissions.sheets.text import NotRead, folded, short

NEAR = 88
MOST_TO_NAME = 9

Skills = Mapping[str, Sequence[str]]  # each skill's slug with the words for it

WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "kind": {
        "apprenticeship": ("apprentice", "degree apprenticeship", "modern apprenticeship", "higher apprenticeship"),
        "placement": (
            *("industrial placement", "industry placement", "placement year", "year in industry", "sandwich placement"),
            *("sandwich year", "t level placement", "student placement", "work placement", "year placement"),
        ),
        "internship": ("intern", "summer internship", "summer placement", "vacation scheme", "summer studentship"),
        "fellowship": ("fellow", "research fellowship", "postdoctoral fellowship", "clinical fellowship"),
        "work-experience": ("work exp", "we", "school work experience", "taster week", "insight week", "insight day"),
        "virtual-experience": ("virtual work experience", "online work experience", "virtual", "virtual internship"),
        "graduate-scheme": ("graduate programme", "graduate program", "grad scheme", "graduate role", "graduate"),
        "studentship": ("phd", "phd studentship", "doctorate", "dphil", "doctoral studentship", "ph d"),
        "course": ("training course", "training", "short course", "masters", "msc", "degree", "workshop", "cpd"),
        "resource": ("event", "webinar", "open day", "website", "campaign", "tool", "careers event"),
    },
    "delivery": {
        "on-site": ("onsite", "in person", "face to face", "on campus", "office", "lab based", "site based", "at work"),
        "hybrid": ("blended", "mixed", "part remote", "flexible location", "some remote", "on site and online"),
        "online": ("remote", "virtual", "virtually", "from home", "home based", "fully remote", "distance learning"),
    },
    "nations": {
        "UK": (
            *("united kingdom", "uk wide", "ukwide", "all uk", "nationwide", "national", "anywhere", "all of the uk"),
            *("throughout the uk", "across the uk", "whole uk", "great britain", "gb", "all nations", "everywhere"),
        ),
        "England": ("eng",),
        "Scotland": ("scot", "alba"),
        "Wales": ("cymru",),
        "Northern Ireland": ("ni", "n ireland"),
    },
    "stages": {
        "14-16": ("14 to 16", "ks4", "gcse", "gcses", "gcse students", "year 10", "year 11", "pre 16", "years 9 to 11"),
        "16-18": (
            *(
                "16 to 18",
                "sixth form",
                "sixth formers",
                "a level",
                "a levels",
                "a level students",
                "year 12",
                "year 13",
            ),
            *(
                "college",
                "t level",
                "t levels",
                "t level students",
                "ks5",
                "post 16",
                "16 18",
                "years 12 and 13",
                "16 19",
            ),
            *("highers", "college students", "sixth form students", "s5", "s6"),
        ),
        "school-leaver": ("school leavers", "college leavers", "school and college leavers", "leavers"),
        "undergraduate": (
            "undergraduates",
            "undergrads",
            "university students",
            "degree students",
            "ug",
            "uni students",
        ),
        "graduate": (
            *("graduates", "new graduates", "recent graduates", "masters", "masters students", "msc", "postgraduate"),
            *("postgraduates", "postgrads", "pg", "final year students", "masters graduates"),
        ),
        "phd": ("phd students", "doctoral students", "phds", "doctorate", "doctoral", "phd student", "dphil"),
        "postdoc": ("postdocs", "post doc", "post docs", "postdoctoral", "post doctoral", "postdoctoral researchers"),
        "professional": ("professionals", "experienced professionals", "industry professionals", "working", "employed"),
        "career-changer": ("career changers", "career change", "changing career", "career switchers"),
        "returner": ("returners", "career returners", "returning to work", "return to work", "career break"),
    },
    "closing": {
        "fixed": ("fixed", "fixed date", "closing date", "deadline", "on a date"),
        "until-filled": ("until filled", "when filled", "until full", "when full", "filled"),
        "rolling": ("rolling", "ongoing", "any time", "no deadline", "open", "never", "no closing date"),
    },
    "recurrence": {
        "one-off": ("one off", "single", "no", "one time"),
        "annual": ("annual", "annually", "yearly", "yes every year", "each year"),
        "cohorts": ("cohorts", "cohort", "several times a year", "termly", "quarterly", "twice a year"),
        "rolling": ("rolling", "ongoing", "continuous", "always", "any time"),
    },
    "length_unit": {
        "days": ("day", "d"),
        "weeks": ("week", "wk", "wks"),
        "months": ("month", "mth", "mths"),
        "years": ("year", "yr", "yrs"),
    },
    "hours": {
        "full-time": ("full", "ft", "f t", "fulltime", "permanent full time"),
        "part-time": ("part", "pt", "p t", "parttime"),
        "flexible": ("flexible", "flexi", "flex", "full or part time", "full time or part time", "either"),
    },
    "cost": {
        "free": ("free", "no cost", "none", "0", "£0", "no", "no fee", "free of charge", "free to attend"),
        "fee": ("yes", "paid", "fees", "fee applies", "fees apply"),
    },
    "unpaid_reason": {
        "school-age": ("school age", "school pupils", "pupils", "under 16", "compulsory school age"),
        "course": ("required part of course", "part of a course", "course", "part of degree", "required by course"),
        "shadowing": ("shadowing", "work shadowing", "observing", "job shadowing", "observation"),
        "volunteering": ("volunteering", "volunteer", "charity volunteering", "volunteer role"),
        "scheme": ("government scheme", "exempt scheme", "scheme"),
    },
    "applicant": {
        "learner": ("learner", "the learner", "individual", "applicant", "student", "the student", "you", "self"),
        "school": ("school", "the school", "school or college", "college", "teacher"),
        "employer": ("employer", "the employer"),
        "supervisor": ("supervisor", "the supervisor"),
        "team": ("team", "as a team", "teams"),
    },
    "organisation_kind": {
        "employer": ("company", "business", "industry", "biotech", "pharma", "sme", "private", "private company"),
        "university": ("he", "higher education", "academia", "academic"),
        "NHS": ("nhs trust", "hospital", "nhs foundation trust", "health board"),
        "research institute": ("institute", "research organisation", "research organization"),
        "training provider": ("college", "fe college", "trainer", "provider"),
        "professional body": ("learned society", "society", "membership body"),
        "public body": ("government", "council", "local authority", "public sector"),
        "charity": ("not for profit", "non profit", "foundation", "third sector"),
        "catapult": ("catapult centre",),
    },
}


def choose(name: str, text: str, skills: Skills) -> tuple[str, bool]:
    """Give the answer that a cell means, and whether it says just that; raises NotRead with the answers there are."""
    known = _known(name) if name != "skills" else _skill_words(skills)
    said = folded(text)
    if said in known:
        return known[said], True
    near = process.extractOne(said, list(known), scorer=fuzz.ratio, score_cutoff=NEAR) if len(said) > 4 else None
    if near:
        return known[near[0]], False
    raise NotRead(f"‘{short(text)}’ isn’t one of the answers. {_answers(name, skills)}")


def choose_several(name: str, text: str, skills: Skills) -> tuple[list[str], list[str], bool]:
    """Give the answers that a cell lists, what is none of them, and whether all were said exactly."""
    chosen: list[str] = []
    unknown: list[str] = []
    exact = True
    for part in filter(None, (part.strip(" .") for part in re.split(r"[;\n|•]|\s/\s", text))):
        for value, is_exact in _chosen(name, part, skills, unknown):
            exact &= is_exact
            if value not in chosen:
                chosen.append(value)
    if not (chosen or unknown):
        unknown.append(text)
    return chosen, unknown, exact


def _chosen(name: str, part: str, skills: Skills, unknown: list[str]) -> list[tuple[str, bool]]:
    """Read a part of a list: as one answer, else as several with commas, else with "and" between them."""
    for between in (None, ",", r",|\band\b|\bor\b|&|/"):
        pieces = [piece.strip() for piece in (re.split(between, part) if between else [part])]
        try:
            return [choose(name, piece, skills) for piece in pieces if piece]
        except NotRead:
            continue
    found = []
    for piece in filter(None, map(str.strip, part.split(","))):
        try:
            found.append(choose(name, piece, skills))
        except NotRead:
            unknown.append(piece)
    return found


def answers_named(name: str, skills: Skills) -> list[str]:
    """Give the answers of a closed list as the template offers them."""
    if name == "skills":
        return [words[0] for words in skills.values()]
    return [label.partition(":")[0] for _value, label in QUESTIONS[name].options]


def not_answers(name: str, unknown: Sequence[str], skills: Skills) -> str:
    """Say that some of what a cell lists is no answer, and which there are."""
    said = ", ".join(f"‘{short(part)}’" for part in unknown)
    return f"{said} {'isn’t one' if len(unknown) == 1 else 'aren’t any'} of the answers. {_answers(name, skills)}"


def _answers(name: str, skills: Skills) -> str:
    answers = answers_named(name, skills)
    if len(answers) > MOST_TO_NAME + 2:
        return f"They are listed in the template: {', '.join(answers[:4])} and {len(answers) - 4} more"
    return f"Write {', '.join(answers[:-1])} or {answers[-1]}"


@cache
def _known(name: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for value, label in QUESTIONS[name].options:
        for words in (value, label, label.partition(":")[0], *WORDS.get(name, {}).get(value, ())):
            known.setdefault(folded(words), value)
        if name == "levels":
            number = value.split()[1]
            short_forms = (f"scqf {number}", f"scqf level {number}") if value.startswith("SCQF") else ()
            for words in short_forms or (
                number,
                f"level {number}",
                f"l{number}",
                f"rqf {number}",
                f"rqf level {number}",
            ):
                known.setdefault(folded(words), value)
        if name == "kind":
            known.setdefault(folded(label.partition(":")[0]) + "s", value)
    return known


def _skill_words(skills: Skills) -> dict[str, str]:
    known: dict[str, str] = {}
    for slug, words in skills.items():
        for word in (slug, *words[:1]):
            known.setdefault(folded(word), slug)
    for slug, words in skills.items():
        for word in words[1:]:
            known.setdefault(folded(word), slug)
    return known
