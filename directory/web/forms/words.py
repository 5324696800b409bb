"""The forms that change synonyms and skill areas; the rooms read what was typed and say what is wrong with it."""

from collections.abc import Iterable, Mapping

from wtforms import Field, Form, HiddenField, SelectField, StringField, TextAreaField

from directory.search.proposing import line, printable

LARGEST_NUMBER = 2**31 - 1  # a key of either database
LONGEST_WHY = 500


class ChangeForm(Form):  # type: ignore[misc]
    """What every change is sent with: what it was made to, the change it undoes, and why.

    ``seen`` sums up what was there when the page was made, so that somebody else's change is noticed.
    """

    seen = HiddenField()
    record = HiddenField()
    gone = HiddenField()
    why = StringField("Why", filters=(printable,))

    @property
    def reason(self) -> str:
        """Give the why on one line."""
        return line(self.why.data or "")

    def blame(self, problems: Mapping[str, str]) -> list[tuple[str, str]]:
        """Put each problem on its field, and list them as (the id to lead to, the words)."""
        for name, words in problems.items():
            self[name].errors = [words]
        return list(problems.items())

    @property
    def hidden(self) -> Iterable[Field]:
        """Give the fields that a page takes along unseen."""
        return [field for field in self if field.name != "why"]


class SynonymForm(ChangeForm):
    """One synonym; a new one has no ``id``."""

    id = HiddenField()
    words = TextAreaField("People type", filters=(printable,))
    finds = TextAreaField("It also finds", filters=(printable,))


class SkillForm(ChangeForm):
    """One skill area; a new one has no ``slug``."""

    slug = HiddenField()
    name = StringField("Name", filters=(printable,))
    also = TextAreaField("People also type", filters=(printable,))
    into = SelectField("Into", validate_choice=False)


def number(typed: str | None) -> int | None:
    """Read a key; None when it is none."""
    plain = (typed or "").strip()
    return int(plain) if plain.isascii() and plain.isdigit() and int(plain[:12]) <= LARGEST_NUMBER else None


def lines(phrases: Iterable[str]) -> str:
    """Write phrases as they are typed, one a line."""
    return "\n".join(phrases)
