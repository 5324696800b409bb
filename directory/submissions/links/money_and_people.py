"""What a page's data says of pay, of cost, of what people need, and of numbers: ages, places, hours."""

import re
from collections.abc import Iterator

from directory.catalogue.kinds import KINDS, KindName
from directory.submissions.links.amounts import Amount, Unusable, number, plain, price, salary
from directory.submissions.links.linked_data import Thing, types, word
from directory.submissions.links.plain import paragraphs
from directory.submissions.links.prefilled import IN_DATA
from directory.submissions.links.source import Source

MOST_REQUIREMENTS = 20
AGES = re.compile(r"(?P<youngest>\d{1,2})?\s?[-–]\s?(?P<oldest>\d{1,2})?|(?P<over>\d{1,2})\s?\+")
WEEKLY = re.compile(r"(?<![\d.–-])(\d{1,2}(?:\.\d{1,2})?)\s?(?:hours?|hrs?)\b", re.IGNORECASE)
NO_REQUIREMENTS = "no requirements"
AMERICAN = frozenset({"high school", "associate degree"})
CREDENTIALS = {
    "bachelor degree": "A bachelor’s degree",
    "bachelors degree": "A bachelor’s degree",
    "postgraduate degree": "A postgraduate degree",
    "professional certificate": "A professional certificate",
}
STIPENDS = frozenset({KindName.STUDENTSHIP, KindName.FELLOWSHIP})


def pay(source: Source, thing: Thing, _round: Thing) -> None:
    """Gather what people are paid, if it is in pounds and for a time that is said."""
    data, gathered = source.data, source.gathered
    currency = data.text(thing, "salaryCurrency").upper()
    for name in ("baseSalary", "trainingSalary"):
        for said in data.values(thing, name):
            amount = salary(data, said, currency)
            take_pay(source, amount, f"{IN_DATA}: {name}", amount.said if isinstance(amount, Amount) else "")
    gathered.take("pay_note", data.text(thing, "jobBenefits", "incentiveCompensation"), f"{IN_DATA}: jobBenefits")


def take_pay(
    source: Source, amount: Amount | Unusable | None, words: str, quote: str = "", *, stipend: bool = False
) -> None:
    """Take an amount of pay; or say why not, where a person could do better."""
    gathered = source.gathered
    if isinstance(amount, Amount) and not amount.unit:
        amount = Unusable(f"{amount.low:g}, without the time it is for")
    elif isinstance(amount, Amount) and not amount.is_sensible:
        amount = Unusable(f"{amount.low:g} by the {amount.unit}, which can’t be right")
    if isinstance(amount, Unusable):
        gathered.remark(
            f"Your page gives pay as {amount.words[:100]}, which we can’t use as it is. Enter it in pounds.", "pay_from"
        )
        return
    if amount is None:
        return
    unit = amount.unit
    if unit == "year" and (stipend or gathered.answers.get("kind") in STIPENDS):
        unit = "stipend"
    said = {"pay": unit, "pay_from": plain(amount.low)}
    if amount.high > amount.low:
        said["pay_to"] = plain(amount.high)
    gathered.take_all(said, words, quote)


def cost(source: Source, thing: Thing, round_: Thing) -> None:
    """Gather what it costs people who take part: never of a job, where an offer is something else."""
    data, gathered = source.data, source.gathered
    if "JobPosting" in types(thing) or _earns(source):
        return
    if any(
        value in (True, "true", "True")
        for holder in (round_, thing)
        for value in data.values(holder, "isAccessibleForFree")
    ):
        gathered.take("cost", "free", f"{IN_DATA}: isAccessibleForFree")
    read = [price(data, offer) for holder in (round_, thing) for offer in data.inside(holder, "offers")]
    for unusable in (one for one in read if isinstance(one, Unusable)):
        gathered.remark(f"Your page gives a price of {unusable.words[:100]}, which isn’t in pounds.", "cost_note")
    prices = [one for one in read if isinstance(one, Amount)]
    if not prices or any(isinstance(one, Unusable) for one in read):
        return
    low, high = min(one.low for one in prices), max(one.high for one in prices)
    words = f"£{plain(low)}" if low == high else f"£{plain(low)} to £{plain(high)}"
    if high == 0:
        gathered.take("cost", "free", f"{IN_DATA}: offers, price", words)
    else:
        gathered.take_all({"cost": "fee", "cost_note": words}, f"{IN_DATA}: offers, price")


def entry(source: Source, thing: Thing, _round: Thing) -> None:
    """Gather what people need, and what the page says outright that they don't."""
    data, needed, unneeded, stood = source.data, [], [], []
    for name, without in (
        ("educationRequirements", "Qualifications"),
        ("qualifications", "Qualifications"),
        ("experienceRequirements", "Earlier experience"),
        ("coursePrerequisites", ""),
        ("programPrerequisites", ""),
    ):
        for said in data.values(thing, name):
            lines = list(_requirements(source, said))
            if lines and lines[0].lower() == NO_REQUIREMENTS:
                unneeded += [without] if without else []
            elif american := next((line for line in lines if line.lower() in AMERICAN), ""):
                source.gathered.remark(
                    f"Your page’s data asks for ‘{american}’, an American qualification. Say what people need here.",
                    "needed",
                )
            elif lines:
                needed += lines
                stood.append(name)
    source.gathered.take("needed", needed[:MOST_REQUIREMENTS], f"{IN_DATA}: {', '.join(dict.fromkeys(stood))}")
    source.gathered.take("not_needed", unneeded, f"{IN_DATA}: {NO_REQUIREMENTS}")


def numbers(source: Source, thing: Thing, round_: Thing) -> None:
    """Gather ages, places and the hours of a week."""
    data, gathered = source.data, source.gathered
    if ages := AGES.fullmatch(data.text(thing, "typicalAgeRange")):
        for name, age in (("minimum_age", ages["youngest"] or ages["over"]), ("maximum_age", ages["oldest"])):
            if age and int(age):
                gathered.take(name, str(int(age)), f"{IN_DATA}: typicalAgeRange", ages[0])
    for name in ("totalJobOpenings", "maximumEnrollment", "maximumAttendeeCapacity"):
        for holder in (round_, thing):
            count = number(next(iter(data.values(holder, name)), None))
            if count and 0 < count < 100_000 and count == int(count):
                gathered.take("intake_places", str(int(count)), f"{IN_DATA}: {name}")
    said = data.text(thing, "workHours")
    hours = set(WEEKLY.findall(said))
    if len(hours) == 1 and re.search(r"week", said, re.IGNORECASE):
        gathered.take("weekly_hours", hours.pop(), f"{IN_DATA}: workHours", said)


def _requirements(source: Source, said: object) -> Iterator[str]:
    if isinstance(said, dict):
        months = number(said.get("monthsOfExperience"))
        if months and 0 < months < 600:
            yield f"{months:g} months of experience" if months != 1 else "1 month of experience"
            return
        said = source.data.text(said, "credentialCategory", "name", "description")
    for line in paragraphs(word(said) if not isinstance(said, str) else said).splitlines():
        if text := line.strip(" -•*·\t"):
            yield CREDENTIALS.get(text.lower(), text)


def _earns(source: Source) -> bool:
    kind = source.gathered.answers.get("kind")
    return any(kind == name and not found.spends_rather_than_earns for name, found in KINDS.items())
