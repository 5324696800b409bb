"""Postcodes as people type them: whole or in part, spaced or not, with an O for a nought."""

import re
from collections import Counter, defaultdict
from functools import cached_property
from itertools import product

from directory.places.place import Kind, Place
from directory.places.points import Point, centre_of
from directory.places.tables import OutcodeRow

# A first half is one or two letters, then a digit, two digits or a digit and a letter. No district of two digits
# begins with a nought, which is how S014 is known to be SO14.
FIRST_HALF = r"[A-Z]{1,2}(?:[1-9][0-9]|[0-9][A-Z]?)"
WHOLE = re.compile(rf"({FIRST_HALF})[0-9][A-Z]{{2}}")
FIRST_HALF_ALONE = re.compile(FIRST_HALF)
ALL_BUT_ONE_LETTER = re.compile(rf"({FIRST_HALF})[0-9][A-Z]")
START_OF_SECOND_HALF = re.compile(r"[0-9][A-Z]?")
WITHIN_A_TEXT = re.compile(rf"\b({FIRST_HALF})\s*[0-9][A-Z]{{2}}\b")
AREA = re.compile(r"[A-Z]{1,2}(?=[0-9])")

LOOKALIKES = {"O": "O0", "0": "O0", "I": "I1", "1": "I1"}
LONGEST = len("SW1A1AA")


class Postcodes:
    """Every first half of a postcode that is in use, and the areas that they make up."""

    def __init__(self, rows: list[OutcodeRow]) -> None:
        """Keep the table by its first column."""
        self._rows = {row.outcode: row for row in rows}

    def read(self, text: str) -> Place | None:
        """Find the place of a text that is a postcode or the beginning of one, or nothing else like it."""
        code = first_half(text)
        if code is not None and code in self._rows:
            return self._outcode(code)
        if code is None and text.strip().upper() in self._by_area:
            return self._area(text.strip().upper())
        return None

    def read_forgivingly(self, text: str) -> Place | None:
        """Find the place of a postcode with letters taken for digits, or of one that is in no table.

        A lookalike is put right only if that leaves one postcode it can be. An unknown postcode is widened: W1Z to
        W1, BT58 to BT. Never both, for that would be two guesses: GIR is not G1, and S0 is neither S nor SO.
        """
        known = [code for code in _lookalikes("".join(text.upper().split())) if code in self._rows]
        if len(known) == 1:
            return self._outcode(known[0])
        code = first_half(text)
        if known or code is None or any(other in self._by_area for other in _others(code)):
            return None
        if code[-1].isalpha() and code[:-1] in self._rows:
            return self._outcode(code[:-1])
        area = _area_of(code)
        return self._area(area) if area in self._by_area else None

    def within(self, text: str) -> Place | None:
        """Find the first whole postcode in a longer text, such as an address."""
        codes = (match[1] for match in WITHIN_A_TEXT.finditer(text.upper()))
        return next((self._outcode(code) for code in codes if code in self._rows), None)

    def starting(self, letters: str) -> list[Place]:
        """List the first halves that begin with some letters, in the order of a street map: SG1, SG2, SG10."""
        start = "".join(letters.upper().split())
        codes = [code for code in self._rows if code.startswith(start)]
        return [self._outcode(code) for code in sorted(codes, key=_by_number)]

    @cached_property
    def _by_area(self) -> dict[str, list[OutcodeRow]]:
        by_area = defaultdict(list)
        for row in self._rows.values():
            by_area[_area_of(row.outcode)].append(row)
        return dict(by_area)

    def _outcode(self, code: str) -> Place:
        row = self._rows[code]
        point = Point(row.latitude, row.longitude)
        return Place(code, None, row.region, row.nation, point, 0, Kind.OUTCODE, label=code, key=code.lower())

    def _area(self, area: str) -> Place:
        rows = self._by_area[area]
        point = centre_of((row.latitude, row.longitude, 1) for row in rows)
        (region, nation), _ = Counter((row.region, row.nation) for row in rows).most_common(1)[0]
        label, key = f"{area} postcodes", area.lower()
        return Place(area, None, region, nation, point, 0, Kind.POSTCODE_AREA, label=label, key=key)


def first_half(text: str) -> str | None:
    """Read the first half out of a postcode, whole, half or nearly whole; None if it is not one.

    Run together, the last three characters of a whole postcode are its second half, so EH11AA is EH1 1AA. Where that
    does not settle it, as much as can be is first half: EH11 is EH11, and only a space makes it EH1 1.
    """
    words = text.upper().split()
    joined = "".join(words)
    if match := WHOLE.fullmatch(joined):
        return match[1]
    if len(words) == 2 and FIRST_HALF_ALONE.fullmatch(words[0]) and START_OF_SECOND_HALF.fullmatch(words[1]):
        return words[0]
    if FIRST_HALF_ALONE.fullmatch(joined):
        return joined
    match = ALL_BUT_ONE_LETTER.fullmatch(joined)
    return match[1] if match else None


def _lookalikes(joined: str) -> set[str]:
    """Give the first halves that this could be with some of its O and 0, I and 1 the other way about.

    Without a digit it is a word, not a postcode, but for three letters with an O for a nought at the end: CRO.
    """
    if len(joined) > LONGEST:
        return set()
    if joined.isalpha():
        others = {joined[:-1] + "0"} if len(joined) == 3 and joined.endswith("O") else set()
    else:
        others = _others(joined)
    return {code for other in others if (code := first_half(other))}


def _others(joined: str) -> set[str]:
    """Give every other way to write this with O for 0, I for 1 and back."""
    spelt = product(*(LOOKALIKES.get(letter, letter) for letter in joined))
    return {"".join(letters) for letters in spelt} - {joined}


def _area_of(code: str) -> str:
    match = AREA.match(code)
    return match[0] if match else code


def _by_number(code: str) -> tuple[str, int, str]:
    area = _area_of(code)
    number = "".join(filter(str.isdigit, code))
    return area, int(number), code
