"""What a page's data for search engines answers: a posting, a course, a programme or an event, property by property."""

import re
from collections.abc import Callable, Iterable
from datetime import date

from directory.catalogue.kinds import KindName
from directory.catalogue.vocabulary import Delivery
from directory.foundation.date_words import long_day
from directory.submissions.links.days import LAST_MINUTE, Moment, moment, period, told_hour
from directory.submissions.links.linked_data import Thing, types, word
from directory.submissions.links.money_and_people import cost, entry, numbers, pay
from directory.submissions.links.places_and_levels import levels, places
from directory.submissions.links.prefilled import IN_DATA
from directory.submissions.links.source import Source
from directory.submissions.links.words_of_kinds import kind_named

POSTING = ("JobPosting",)
LEARNING = ("EducationalOccupationalProgram", "WorkBasedProgram", "Course", "CourseInstance")
EVENT = ("Event", "EducationEvent", "BusinessEvent", "CourseEvent")
ALL = (*POSTING, *LEARNING, *EVENT)
COURSES = frozenset({"Course", "CourseInstance"})
ELSEWHERE = re.compile(
    r"//(?:[\w-]+\.)*(?:linkedin|facebook|twitter|x|instagram|youtube|wikipedia|wikidata|glassdoor|indeed|crunchbase"
    r"|tiktok)\.(?:com|org|co\.uk)(?:/|$)",
    re.IGNORECASE,
)
DELIVERY = {
    **dict.fromkeys(("online", "onlineeventattendancemode", "distance learning", "remote"), Delivery.ONLINE),
    **dict.fromkeys(("onsite", "on-site", "offlineeventattendancemode", "in person"), Delivery.ON_SITE),
    **dict.fromkeys(("blended", "hybrid", "mixedeventattendancemode"), Delivery.HYBRID),
}
HOURS = {"full_time": "full-time", "fulltime": "full-time", "part_time": "part-time", "parttime": "part-time"}
MOST_SPOKEN_OF = 6


def from_data(source: Source) -> None:
    """Gather what the data answers about the one thing that the page is about."""
    if source.data.unreadable:
        source.gathered.remark("Part of your page’s data for search engines is broken, so it wasn’t read.")
    thing = _the_one(source)
    if thing is None:
        return
    round_ = _round(source, thing)
    for step in STEPS:
        step(source, thing, round_)


def where(name: str) -> str:
    """Say that something stands in the data."""
    return f"{IN_DATA}: {name}"


def _the_one(source: Source) -> Thing | None:
    """Find the thing that the page is about; of several, the one that has its address or its heading."""
    data, page = source.data, source.page
    for names in (POSTING, LEARNING[:2], LEARNING[2:3], LEARNING[3:], EVENT):
        things = data.of_type(*names)
        by_title = {data.text(thing, "title", "name").casefold(): thing for thing in reversed(things)}
        if len(by_title) == 1:
            return next(iter(by_title.values()))
        for thing in things:
            addresses = {source.address(data.text(thing, name) or word(thing.get(name))) for name in ("url", "@id")}
            if source.url.rstrip("/") in {address.rstrip("/") for address in addresses if address}:
                return thing
        if page.heading and page.heading.casefold() in by_title:
            return by_title[page.heading.casefold()]
        if things:
            source.gathered.remark(
                f"Your page speaks of {len(things)} things at once, so we didn’t choose. Give the page of one of them."
            )
            return None
    return None


def _round(source: Source, thing: Thing) -> Thing:
    """Give the one coming instance of a course, else the thing itself."""
    coming = []
    for instance in source.data.inside(thing, "hasCourseInstance", "subEvent"):
        starts = moment(source.data.text(instance, "startDate"))
        if starts is None or (starts.year, starts.month) >= (source.today.year, source.today.month):
            coming.append(instance)
    if len(coming) > 1:
        told = list(dict.fromkeys(filter(None, (source.data.text(one, "startDate")[:10] for one in coming))))
        if len(told) > 1:
            dates = ", ".join(told[:MOST_SPOKEN_OF])
            source.gathered.remark(
                f"Your page gives several starts ({dates}), so choose the one this is about.", "starts"
            )
            source.gathered.take("recurrence", "cohorts", where("hasCourseInstance"), dates)
            return {name: said for name, said in thing.items() if name not in ("startDate", "endDate")}
    return coming[0] if coming else thing


def _what(source: Source, thing: Thing, _round: Thing) -> None:
    data, take = source.data, source.gathered.take
    title = data.text(thing, "title", "name")
    take("title", title, where("title" if "title" in thing else "name"))
    for name in ("description", "responsibilities"):
        said = next((value for value in data.values(thing, name) if isinstance(value, str)), "")
        take("description", said, where(name))
    if kind := kind_named(title) or kind_named(data.text(thing, "programType")):
        take("kind", kind, where("title"), title)
    elif types(thing) & COURSES:
        take("kind", KindName.COURSE, where("@type"), "Course")
    elif "INTERN" in {one.upper() for one in map(word, data.values(thing, "employmentType"))}:
        take("kind", KindName.INTERNSHIP, where("employmentType"), "INTERN")


def _whose(source: Source, thing: Thing, round_: Thing) -> None:
    data, take = source.data, source.gathered.take
    for name in ("hiringOrganization", "provider", "organizer", "offeredBy"):
        for holder in (thing, round_):
            for said in data.values(holder, name):
                take("organisation_name", word(said), where(name))
                if isinstance(said, dict):
                    sites = [
                        source.address(word(value))
                        for value in (*data.values(said, "url"), *data.values(said, "sameAs"))
                    ]
                    site = next((one for one in sites if one and not ELSEWHERE.search(one)), "")
                    take("organisation_url", site, where(f"{name}, url"))
                    take("organisation_about", data.text(said, "description"), where(f"{name}, description"))
                if source.gathered.has("organisation_name"):
                    return


def _how(source: Source, thing: Thing, round_: Thing) -> None:
    """Read how people take part: only where the data says it outright."""
    data, take = source.data, source.gathered.take
    for name in ("courseMode", "educationalProgramMode", "eventAttendanceMode"):
        for holder in (round_, thing):
            said = [word(value).rpartition("/")[2].lower() for value in data.values(holder, name)]
            modes = {DELIVERY[one] for one in said if one in DELIVERY}
            if len(modes) == 1:
                take("delivery", modes.pop(), where(name), ", ".join(said))
    if data.text(thing, "jobLocationType").upper() == "TELECOMMUTE":
        if data.values(thing, "jobLocation"):
            source.gathered.remark(
                "Your page’s data says both that it is remote and where it is, so choose how people take part.",
                "delivery",
            )
        else:
            take("delivery", Delivery.ONLINE, where("jobLocationType"), "TELECOMMUTE")
    for action in data.inside(thing, "potentialAction"):
        if "ApplyAction" in types(action):
            told = data.text(action, "target") or next(
                (data.text(one, "urlTemplate") for one in data.inside(action, "target")), ""
            )
            take("apply_url", source.address(told) if told else "", where("potentialAction"))
    hours = {
        HOURS[one]
        for one in (word(said).lower() for said in data.values(thing, "employmentType", "timeOfDay"))
        if one in HOURS
    }
    if len(hours) == 1:
        take("hours", hours.pop(), where("employmentType"))


def _when(source: Source, thing: Thing, round_: Thing) -> None:
    data, gathered = source.data, source.gathered
    for name in ("applicationDeadline", "validThrough"):
        if name == "validThrough" and not types(thing) & set(POSTING):
            continue
        if said := data.text(thing, name):
            closes(source, moment(said), where(name), said)
            break
    if said := data.text(thing, "applicationStartDate", "datePosted"):
        opens = moment(said)
        name = "applicationStartDate" if data.values(thing, "applicationStartDate") else "datePosted"
        if opens and opens.date and opens.date > source.today:
            take_day(source, "opens", opens, where(name), said)
    schedules = data.inside(round_, "eventSchedule", "courseSchedule")
    for holder in (round_, thing, *schedules):
        for name in ("startDate", "jobStartDate"):
            if (said := data.text(holder, name)) and not (
                holder is thing and round_ is not thing and name == "startDate"
            ):
                take_day(source, "starts", moment(said), where(name), said)
    for holder, name in ((thing, "timeToComplete"), (round_, "duration"), *((one, "duration") for one in schedules)):
        if length := period(data.text(holder, name)):
            number, unit = length
            gathered.take_all({"length": str(number), "length_unit": unit}, where(name), data.text(holder, name))
    _days_of_an_event(source, thing, round_)
    for schedule in schedules:
        if data.text(schedule, "repeatFrequency").upper() in ("P1Y", "P12M", "YEARLY"):
            gathered.take("recurrence", "annual", where("repeatFrequency"))


def _days_of_an_event(source: Source, thing: Thing, round_: Thing) -> None:
    starts, ends = (moment(source.data.text(round_, name)) for name in ("startDate", "endDate"))
    if types(thing) & set(EVENT) and starts and ends and starts.date and ends.date:
        days = (ends.date - starts.date).days + 1
        if 1 <= days <= 14:
            source.gathered.take_all({"length": str(days), "length_unit": "days"}, where("startDate, endDate"))


def closes(source: Source, at: Moment | None, words: str, quote: str) -> None:
    """Take when it closes. The first minute of a day is how data spells a day without an hour."""
    if at is None or at.date is None:
        return
    if at.at and (at.at.hour, at.at.minute) == (0, 0):
        source.gathered.remark(
            f"Your page says it closes as {long_day(at.date)} begins, which may mean the day before. Check which.",
            "closes",
        )
    take_day(source, "closes", at, words, quote)
    if source.gathered.answers.get("closes_day"):
        source.gathered.take("closing", "fixed", words, quote)
        if at.at and (at.at.hour, at.at.minute) not in ((0, 0), (LAST_MINUTE.hour, LAST_MINUTE.minute)):
            source.gathered.take("closes_hour", told_hour(at.at), words, quote)
        if at.date < source.today:
            source.gathered.remark(f"Your page says it closed on {long_day(at.date)}.", "closes")


def take_day(source: Source, name: str, at: Moment | None, words: str, quote: str) -> None:
    """Take a day in its three parts, or only a month when that is all that is known of a start."""
    if at is None or (at.day is None and name != "starts") or not _is_near(at, source.today):
        return
    parts = {f"{name}_day": str(at.day)} if at.day else {}
    source.gathered.take_all({**parts, f"{name}_month": str(at.month), f"{name}_year": str(at.year)}, words, quote)


def _is_near(at: Moment, today: date) -> bool:
    return today.year - 5 <= at.year <= today.year + 5


Step = Callable[[Source, Thing, Thing], None]
STEPS: Iterable[Step] = (_what, _whose, _how, places, levels, _when, pay, cost, entry, numbers)
