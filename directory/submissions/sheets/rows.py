"""One row as the answers of one submission, with what was read of each cell and what is to be put right."""

from collections.abc import Sequence
from dataclasses import dataclass

from directory.submissions.fields import QUESTIONS, Answer, Look
from directory.submissions.sheets.cells import LED_TO, Read, read_cell
from directory.submissions.sheets.choices import Skills
from directory.submissions.sheets.columns import Column, How
from directory.submissions.sheets.reading import Row
from directory.submissions.sheets.text import short

GIVES_WAY = "paid"  # "Yes, it is paid" says less than an amount for a time
# What may be implied otherwise than it is said, and how it is called: the column that says it wins.
OUTWEIGHED = {"closes_hour": "the time", **dict.fromkeys(LED_TO.values(), "the web address")}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about one cell, or about the row when ``column`` is None."""

    column: int | None
    question: str
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a row. ``unread`` are the cells, by their columns' names, that no answer holds."""

    answers: dict[str, Answer]
    readings: tuple[Said, ...]
    problems: tuple[Said, ...]
    unread: dict[str, str]


def read_row(row: Row, columns: Sequence[Column], skills: Skills) -> Reading:
    """Read every cell of a row; each one is read, noted or reported."""
    reader = _Row()
    for column in columns:
        cell = row.cells[column.index]
        if not cell.strip():
            continue
        if column.question is None:
            if column.how is not How.OURS:
                reader.keep(column, cell)
            continue
        reader.take(column, cell, read_cell(QUESTIONS[column.question], cell, skills))
    reader.conclude()
    return Reading(reader.answers, tuple(reader.readings), tuple(reader.problems), reader.unread)


class _Row:
    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.readings: list[Said] = []
        self.problems: list[Said] = []
        self.unread: dict[str, str] = {}
        self._from: dict[str, Column] = {}
        self._implied: list[tuple[Column, str, str]] = []

    def take(self, column: Column, cell: str, read: Read) -> None:
        """Take what was read of a cell into the row."""
        assert column.question is not None
        for words in read.words:
            self.readings.append(Said(column.index, column.question, f"We {words}"))
        for words in read.problems:
            self.problems.append(Said(column.index, column.question, words))
        if read.problems:
            self.keep(column, cell)
        for name, answer in read.answers.items():
            self._put(column, name, answer)
        self._implied += [(column, name, answer) for name, answer in read.implied.items()]

    def keep(self, column: Column, cell: str) -> None:
        """Keep a cell that no answer holds, beside what another column of the same name holds."""
        before = self.unread.get(column.name)
        self.unread[column.name] = cell if before is None else f"{before}\n{cell}"

    def _put(self, column: Column, name: str, answer: Answer) -> None:
        before = self.answers.get(name)
        if before is None or before == GIVES_WAY:
            self.answers[name] = answer
            self._from[name] = column
        elif before == answer or answer == GIVES_WAY:
            return
        elif isinstance(before, list) and isinstance(answer, list):
            self.answers[name] = list(dict.fromkeys([*before, *answer]))
        elif name in QUESTIONS and QUESTIONS[name].look is Look.LINES:
            self.answers[name] = f"{before}\n{answer}"
        else:
            self._disagree(column, name, before, answer)

    def conclude(self) -> None:
        """Let what cells imply stand where nothing was said outright."""
        for column, name, answer in self._implied:
            if name == "pay_note":
                self._note_pay(column, answer)
            elif self.answers.get(name) in (None, GIVES_WAY):
                self.answers[name] = answer
                self._from[name] = column
                if name == "pay":
                    words = "for an hour" if answer == "hour" else "for a year"
                    self.readings.append(Said(column.index, "pay", f"We took the amount to be {words}"))
                elif name in LED_TO.values():
                    self.readings.append(Said(column.index, name, f"We took {answer} from its link"))
            elif name in OUTWEIGHED and self.answers[name] != answer:
                words = f"We took {OUTWEIGHED[name]} from ‘{self._from[name].name}’: {self.answers[name]}"
                self.readings.append(Said(column.index, name, words))
            elif name != "pay" and self.answers[name] != answer:
                self._disagree(column, name, self.answers[name], answer)

    def _note_pay(self, column: Column, words: str) -> None:
        said = str(self.answers.get("pay_note", ""))
        if words not in said:
            self.answers["pay_note"] = f"{said} {words}".strip()
            self.readings.append(Said(column.index, "pay_note", f"We kept all of ‘{short(words)}’ in the note on pay"))

    def _disagree(self, column: Column, name: str, before: Answer, answer: Answer) -> None:
        other = self._from[name].name if name in self._from else "another column"
        said, instead = (short(str(value)) for value in (before, answer))
        words = f"This says ‘{instead}’, but ‘{other}’ says ‘{said}’. Make them agree"
        if other == column.name:
            words = f"This says both ‘{said}’ and ‘{instead}’. Keep one"
        self.problems.append(Said(column.index, column.question or name, words))
        self.unread.setdefault(column.name, str(answer))
