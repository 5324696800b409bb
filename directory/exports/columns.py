"""The columns of a spreadsheet: each is declared once, for CSV, for XLSX and for the form that chooses among them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from directory.catalogue import wording
from directory.catalogue.kinds import KINDS
from directory.catalogue.models import Intake, Opportunity
from directory.catalogue.time_words import time_words
from directory.catalogue.vocabulary import COST_WORDS, DELIVERY_WORDS, HOURS_WORDS, PAY_WORDS, Closing
from directory.exports.plain import line
from directory.foundation import addresses
from directory.foundation.clock import UK
from directory.foundation.date_words import uk_day
from directory.foundation.settings import Settings

# What a cell holds; None is an empty one. Text is on one line by then.
Value = str | int | float | date | time | None


@dataclass(frozen=True, slots=True)
class Line:
    """One listing of a spreadsheet at one moment; ``intake`` is the round that what is said of time rests on."""

    row: Opportunity
    intake: Intake | None
    now: datetime
    settings: Settings
    note: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``name`` stands in addresses; ``usual`` ones are ticked at first; ``width`` is in characters."""

    name: str
    heading: str
    of: Callable[[Line], Value]
    width: int = 14
    usual: bool = False


def _closes(line: Line) -> datetime | None:
    """Give when it closes, in the UK; only a round with a fixed day closes on it."""
    is_fixed = line.intake is not None and line.intake.closing is Closing.FIXED
    closes = line.intake.round.closes if line.intake and is_fixed else None
    return closes.astimezone(UK) if closes else None


def _closes_at(line: Line) -> time | None:
    closes = _closes(line)
    return closes.time() if closes and line.intake and line.intake.closes_at else None


def _opens(line: Line) -> date | None:
    opens = line.intake.round.opens if line.intake else None
    return uk_day(opens) if opens else None


def _starts(line: Line) -> date | None:
    today = uk_day(line.now)
    return min((one.starts_on for one in line.row.intakes if one.starts_on and one.starts_on >= today), default=None)


def _areas(line: Line) -> str:
    return "; ".join(dict.fromkeys(filter(None, (one.region or one.nation for one in line.row.locations))))


def _checked(line: Line) -> date | None:
    at = line.row.schedule.confirmed_at
    return uk_day(at) if at else None


def _pay(line: Line) -> str | None:
    label, words = wording.money(line.row)
    return words if label == "Pay" else None


def _length(line: Line) -> str | None:
    return line.row.length_words or wording.length(line.row)


COLUMNS: tuple[Column, ...] = (
    Column("title", "Title", lambda line: line.row.title, 44, usual=True),
    Column("kind", "Kind", lambda line: KINDS[line.row.kind].singular, 18, usual=True),
    Column("organisation", "Organisation", lambda line: line.row.organisation.name, 30, usual=True),
    Column("summary", "In short", lambda line: line.row.summary, 60),
    Column("where", "Where", lambda line: wording.place(line.row.locations), 26, usual=True),
    Column("areas", "Region or nation", _areas, 22),
    Column(
        "delivery",
        "How you take part",
        lambda line: DELIVERY_WORDS[line.row.delivery] if line.row.delivery else None,
        16,
    ),
    Column("stages", "Open to", lambda line: wording.open_to_in_full(line.row.stages), 26, usual=True),
    Column("age", "Age", lambda line: wording.ages(line.row)),
    Column("level", "Level", lambda line: wording.level(line.row.levels)),
    Column("skills", "Skill areas", lambda line: "; ".join(skill.name for skill in line.row.skills), 30),
    Column("pay", "Pay", _pay, 24, usual=True),
    Column("pay_type", "Kind of pay", lambda line: PAY_WORDS[line.row.pay] if line.row.pay else None, 18),
    Column("pay_from", "Pay from (£)", lambda line: line.row.pay_minimum),
    Column("pay_to", "Pay to (£)", lambda line: line.row.pay_maximum),
    Column("pay_per", "Pay is for", lambda line: line.row.pay_period and f"one {line.row.pay_period}"),
    Column("cost", "Cost", lambda line: COST_WORDS[line.row.cost] if line.row.cost else None, 16),
    Column("length", "Length", _length, 22, usual=True),
    Column("weeks", "About how many weeks", lambda line: line.row.length_weeks),
    Column("hours", "Hours", lambda line: HOURS_WORDS[line.row.hours].capitalize() if line.row.hours else None),
    Column("dates", "Dates in words", lambda line: time_words(line.row.schedule, line.now).paper, 40, usual=True),
    Column("opens", "Opens", _opens, usual=True),
    Column("closes", "Closes", lambda line: (at := _closes(line)) and at.date(), usual=True),
    Column("closes_at", "Closes at (UK time)", _closes_at, 12, usual=True),
    Column("starts", "Starts", _starts, usual=True),
    Column("places", "Places", lambda line: line.intake.places if line.intake else None),
    Column("apply", "Where to apply", lambda line: line.row.apply_url or line.row.info_url, 40, usual=True),
    Column("checked", "Last checked", _checked),
)
BY_NAME = {column.name: column for column in COLUMNS}

NOTE = Column("note", "Note", lambda line: line.note, 40)
PAGE = Column("page", "Its page", lambda line: addresses.opportunity(line.settings, line.row.slug), 50)


def chosen(names: Iterable[str], *, with_notes: bool) -> tuple[Column, ...]:
    """Give the columns of these names, in our order, or the usual ones when none is known; the page always stands last.

    A name may hold several, with commas between them.
    """
    asked = {part.strip().lower() for name in names for part in name.split(",")}
    columns = tuple(column for column in COLUMNS if column.name in asked)
    own = columns or tuple(column for column in COLUMNS if column.usual)
    return (*own, *((NOTE,) if with_notes else ()), PAGE)


def values(
    columns: Iterable[Column], row: Opportunity, now: datetime, settings: Settings, note: str = ""
) -> Iterator[Value]:
    """Give a listing's cells, text on one line."""
    said = Line(row, wording.round_of(row, now), now, settings, note)
    for column in columns:
        value = column.of(said)
        yield line(value) or None if isinstance(value, str) else value
