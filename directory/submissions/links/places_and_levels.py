"""Where a page's data says it is, in places that we know; and the level it leads to."""

import re
from collections.abc import Iterator

from directory.places.place import Finding
from directory.places.points import miles_between
from directory.places.regions import NATIONS
from directory.submissions.fields import QUESTIONS
from directory.submissions.links.linked_data import Thing, word
from directory.submissions.links.prefilled import IN_DATA
from directory.submissions.links.source import Source

MOST_PLACES = 12
LONGEST_LINE = 100
MILES_TO_BE_THE_SAME = 15
HERE = frozenset(
    "gb|gbr|uk|u.k.|united kingdom|the united kingdom|great britain|england|scotland|wales|northern ireland".split("|")
)
OUTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s?\d[A-Z]{2}\b", re.IGNORECASE)
LEVEL = re.compile(r"\b(?P<framework>SCQF )?level (?P<number>\d{1,2})\b", re.IGNORECASE)
LEVELS = frozenset(value for value, _label in QUESTIONS["levels"].options)


def places(source: Source, thing: Thing, round_: Thing) -> None:
    """Gather the places that the gazetteer knows, and the nations that people may join from."""
    gathered, found = source.gathered, []
    for name in ("jobLocation", "location"):
        for holder in (round_, thing):
            for said in source.data.values(holder, name)[:MOST_PLACES]:
                if isinstance(said, dict) and "VirtualLocation" in str(said.get("@type")):
                    gathered.take("delivery", "online", f"{IN_DATA}: {name}", "VirtualLocation")
                    continue
                told, line = _place(source, said)
                if line:
                    found.append(line)
                elif told:
                    gathered.remark(
                        f"Your page says it is in ‘{told[:100]}’, which isn’t a place in the UK that we know.",
                        "places",
                    )
            if found:
                gathered.take("places", found, f"{IN_DATA}: {name}", ", ".join(found))
    nations = _nations(source, thing)
    if nations:
        gathered.take("nations", nations, f"{IN_DATA}: applicantLocationRequirements", ", ".join(nations))


def levels(source: Source, thing: Thing, round_: Thing) -> None:
    """Gather levels that are numbered; a bare number is of England's scale, so in Scotland it says nothing."""
    data = source.data
    for name in ("educationalCredentialAwarded", "educationalLevel", "title", "name"):
        said = " ".join(filter(None, map(word, data.values(thing, name))))
        found = []
        for level in LEVEL.finditer(said):
            if not level["framework"] and _is_in_scotland(source):
                continue
            found.append(f"{'SCQF' if level['framework'] else 'RQF'} {int(level['number'])}")
        source.gathered.take("levels", [one for one in found if one in LEVELS], f"{IN_DATA}: {name}", said)


def _place(source: Source, said: object) -> tuple[str, str]:
    """Give a place as it was told, and the line that we would know it by; never a guess."""
    if not isinstance(said, dict):
        told = word(said)
        return told, next(filter(None, (_known(source, part) for part in (told, told.partition(",")[0]))), "")
    data = source.data
    address = next(iter(data.values(said, "address")), said)
    if not isinstance(address, dict):
        return _place(source, word(address))
    town, region, postcode, country = (
        data.text(address, name) for name in ("addressLocality", "addressRegion", "postalCode", "addressCountry")
    )
    told = ", ".join(filter(None, (town or data.text(said, "name"), region, postcode, country)))
    if country and country.lower() not in HERE:
        return told, ""
    outcode = OUTCODE.search(postcode)
    lines = _lines(source, town, region, outcode[1].upper() if outcode else "")
    return told, next((line for line in lines if _known(source, line)), "")


def _lines(source: Source, town: str, region: str, outcode: str) -> Iterator[str]:
    """Give the lines that may name a place, the best first: its town, if that is the one where the postcode is."""
    named, around = (_finding(source, line) for line in (town, outcode))
    if named and around and miles_between(named.place.point, around.place.point) <= MILES_TO_BE_THE_SAME:
        yield town
    yield outcode
    if region and named and named.others:
        yield f"{town}, {region}"
    yield town
    yield region


def _finding(source: Source, line: str) -> Finding | None:
    return source.gazetteer.known(line) if line and len(line) <= LONGEST_LINE else None


def _known(source: Source, line: str) -> str:
    return line if _finding(source, line) else ""


def _nations(source: Source, thing: Thing) -> list[str]:
    said = [word(value) for value in source.data.values(thing, "applicantLocationRequirements")]
    named = [nation for nation in NATIONS if nation.lower() in map(str.lower, said)]
    return named or (["UK"] if any(one.lower() in HERE for one in said) else [])


def _is_in_scotland(source: Source) -> bool:
    answer = source.gathered.answers.get("places", "")
    found = [_finding(source, line) for line in (answer if isinstance(answer, str) else "").splitlines()]
    return any(finding and finding.place.nation == "Scotland" for finding in found)
