"""Results: the search read back, numbers that are true when followed, and every state of the page an address."""

import re
from datetime import timedelta
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from directory.catalogue.actions import withdraw
from directory.catalogue.kinds import KindName
from directory.catalogue.models import Intake
from directory.catalogue.vocabulary import Closing, Pay, Running
from directory.organisations.models import Organisation
from directory.search.engine import PAGE_SIZE
from directory.search.facets import FACETS
from tests.contracts.listings import NOW
from tests.search.rows import organisation, row
from tests.web.pages import Page, Pairs, address, every_card, number_of, pairs, publish, see, total_at, within, words

pytestmark = pytest.mark.usefixtures("now")

# Searches of several shapes, for what must be true of every one.
SEARCHES: tuple[Pairs, ...] = (
    (),
    (("q", "gene therapy"),),
    (("kind", "apprenticeship"), ("kind", "course"), ("stage", "16-18")),
    (("near", "Leeds"), ("within", "25"), ("pay", "not-said")),
)


@pytest.fixture
def lifearc() -> Organisation:
    return organisation("LifeArc")


def options(page: Page) -> list[tuple[str, str, int]]:
    """Give every box of every facet: its facet, its value and its count."""
    return [
        (box.attrib["name"], box.attrib["value"], int(re.findall(r"\d+", words(count))[0]))
        for row in page.some("option")
        for box, count in zip(within(row, "input"), within(row, look="option-count"), strict=True)
    ]


def sent(form: Element) -> list[tuple[str, str]]:
    """Give what a browser sends when ``form`` is sent as it stands."""
    fields = [
        (field.attrib["name"], field.attrib.get("value", ""))
        for field in within(form, "input")
        if "name" in field.attrib and (field.attrib.get("type") != "checkbox" or "checked" in field.attrib)
    ]
    chosen = [
        (select.attrib["name"], option.attrib["value"])
        for select in within(form, "select")
        for option in within(select, "option")
        if "selected" in option.attrib
    ]
    return [(name, value) for name, value in [*fields, *chosen] if value]


def test_the_heading_reads_the_search_back(reader: FlaskClient) -> None:
    page = see(reader, "/search?q=cell&kind=apprenticeship&stage=16-18&where=scotland&where=online&pay=paid")
    for word in ("‘cell’", "apprenticeships", "16–18", "Scotland", "online", "paid"):
        assert word in page.said
        assert word in page.title
    assert page.heading.startswith(str(page.total))


def test_everything_needs_no_reading_back(reader: FlaskClient) -> None:
    page = see(reader, "/search")
    assert page.said == ""
    assert number_of(page.heading, "opportunities") == page.total > 150


def test_the_form_holds_what_was_asked(reader: FlaskClient) -> None:
    asked = [("q", "lab work"), ("kind", "placement"), ("near", "Leeds"), ("within", "50"), ("sort", "newest")]
    page = see(reader, address(asked))
    for form in (*page.some("filters", "form"), *(within(bar, "form")[0] for bar in page.some("search-bar"))):
        assert sorted(sent(form)) == sorted(asked)


@pytest.mark.parametrize("nth", range(len(SEARCHES)))
def test_the_count_beside_a_choice_is_what_choosing_it_finds(reader: FlaskClient, nth: int) -> None:
    """Of each search every fourth option is followed: between them the searches follow all."""
    asked = SEARCHES[nth]
    shown = options(see(reader, address(asked)))
    assert {name for name, _value, _count in shown} == {facet.name for facet in FACETS}
    wrong = [
        (name, value, count, found)
        for name, value, count in shown[nth :: len(SEARCHES)]
        for found in [total_at(reader, address([*((n, v) for n, v in asked if n != name), (name, value)]))]
        if found != count
    ]
    assert wrong == []


def test_a_choice_that_finds_nothing_stays_and_can_be_made(reader: FlaskClient) -> None:
    page = see(reader, "/search?kind=studentship&where=online")
    shown = options(page)
    for facet in FACETS:
        values = [value for name, value, _count in shown if name == facet.name]
        assert set(values) >= {option.value for option in facet.options}
    assert any(count == 0 for _name, _value, count in shown)
    assert not [box for box in page.some("box") if "disabled" in box.attrib]


def test_choices_in_a_facet_widen_and_facets_narrow(reader: FlaskClient) -> None:
    courses, placements = (total_at(reader, f"/search?kind={kind}") for kind in ("course", "placement"))
    both = total_at(reader, "/search?kind=course&kind=placement")
    assert both == courses + placements
    assert 0 < total_at(reader, "/search?kind=course&kind=placement&stage=graduate") < both


def test_each_chip_takes_one_choice_away(reader: FlaskClient) -> None:
    asked = [("q", "cell"), ("kind", "course"), ("kind", "placement"), ("stage", "graduate"), ("where", "london")]
    asked += [("near", "Leeds"), ("within", "50"), ("sort", "newest")]
    page = see(reader, address(asked))
    left = {text: [pair for pair in asked if pair not in pairs(link)] for text, link in page.chips.items()}
    near = left.pop("Near Leeds")
    assert near == [("near", "Leeds"), ("within", "50")], "a radius is nothing without its place"
    assert sorted(left.values()) == sorted([pair] for pair in asked if pair[0] not in ("q", "near", "sort"))
    for link in page.chips.values():
        assert set(pairs(link)) < set(asked)


def test_all_chips_go_at_once_and_the_words_stay(reader: FlaskClient) -> None:
    page = see(reader, "/search?q=cell&kind=course&stage=graduate&near=Leeds&within=50")
    assert pairs(page.links["Clear all"]) == [("q", "cell")]
    assert see(reader, page.links["Clear all"]).chips == {}


def test_a_search_has_one_address(reader: FlaskClient) -> None:
    spellings = (
        "/search?q=cell&kind=course&kind=placement",
        "/search?kind=placement&utm_source=x&kind=COURSE&q=++cell+&q=gene&page=1&within=5",
        "/search?within=10&page=0&sort=best&kind=course&kind=placement&kind=nothing&q=cell",
    )
    canonical = [see(reader, spelling).link("canonical") for spelling in spellings]
    assert canonical[0]
    assert len(set(canonical)) == 1
    assert urlsplit(canonical[0]).netloc


@pytest.mark.parametrize("text", ["gene therapy apprenticeship", "lab", "clinical plasmid zzzz", "zzzz qqqq"])
def test_all_the_words_stand_apart_from_some_of_them(reader: FlaskClient, text: str) -> None:
    page = see(reader, address([("q", text)]))
    below = [heading for heading in page.headings if "some of your words" in heading.lower()]
    everything = every_card(reader, address([("q", text)]))
    with_all = everything.index(_first_below(page)) if below else len(everything)
    if below:
        assert page.headings.count(below[0]) == 1
        assert number_of(page.text, "(?:more )?ha(?:ve|s) some of your words") == len(everything) - with_all
        assert page.heading == (f"{with_all} opportunities" if with_all else "Nothing has all of your words")
    else:
        assert "some of your words" not in page.text
        assert with_all == page.total


def _first_below(page: Page) -> str:
    """Give the first card under "With some of your words"."""
    (results,) = page.some("results-list")
    children = list(results)
    (heading,) = [
        place
        for place, child in enumerate(children)
        if "some of your words" in words(child).lower() and child.tag == "h2"
    ]
    return next(link.attrib["href"] for child in children[heading + 1 :] for link in within(child, "a", "cover"))


def test_what_has_all_the_words_comes_first(client: FlaskClient, session: Session, lifearc: Organisation) -> None:
    publish(
        session,
        *(
            row(title, slug=title.lower().replace(" ", "-"), organisation=lifearc)
            for title in ("Plasmid bank", "Plasmid therapy", "Therapy")
        ),
    )
    page = see(client, "/search?q=plasmid+therapy")
    assert page.cards[0] == "/opportunities/plasmid-therapy"
    assert set(page.cards[1:]) == {"/opportunities/plasmid-bank", "/opportunities/therapy"}
    assert page.heading == "1 opportunity"
    assert "2 more have some of your words" in page.text
    assert _first_below(page) == page.cards[1]


@pytest.mark.parametrize("asked", [(), (("q", "cell therapy"),), (("kind", "course"), ("near", "Cardiff"))])
def test_the_pages_hold_everything_once(reader: FlaskClient, asked: Pairs) -> None:
    first = see(reader, address(asked))
    cards = every_card(reader, address(asked))
    assert first.total > PAGE_SIZE == len(first.cards)
    assert len(cards) == len(set(cards)) == first.total


def test_each_page_says_which_of_how_many_it_holds(reader: FlaskClient) -> None:
    first = see(reader, "/search")
    (turner,) = first.some("pagination")
    numbered = [link.attrib["href"] for link in within(turner, "a") if "Page" in words(link)]
    last = see(reader, numbered[-1])
    assert f"1 to 20 of {first.total}" in first.text
    assert f"to {first.total} of {first.total}" in last.text
    assert first.link("next") == numbered[1]
    assert (first.link("prev"), last.link("next")) == (None, None)
    assert "page" not in first.title
    assert f", page {-(-first.total // PAGE_SIZE)} of {-(-first.total // PAGE_SIZE)}" in last.title
    assert [words(link) for link in within(turner, "a") if link.attrib.get("aria-current") == "page"] == ["Page 1"]


@pytest.mark.parametrize("number", ["0", "-1", "999", "1e3", "two", "99999999999999999999"])
def test_a_page_that_is_not_there_is_the_nearest_that_is(reader: FlaskClient, number: str) -> None:
    page = see(reader, f"/search?page={number}")
    assert page.cards
    last = -(-page.total // PAGE_SIZE)
    assert dict(pairs(page.link("canonical") or "")).get("page", "1") == (str(last) if number == "999" else "1")


@pytest.mark.parametrize("asked", [(("near", "Leeds"),), (("q", "cell"), ("near", "Belfast")), (("stage", "14-16"),)])
def test_an_order_leaves_nothing_out(reader: FlaskClient, asked: Pairs) -> None:
    first = see(reader, address(asked))
    (sorts,) = first.some("sort-options")
    orders = {words(link): link.attrib["href"] for link in within(sorts, "a")}
    assert len(orders) >= 2
    found = {label: every_card(reader, order) for label, order in orders.items()}
    for label, cards in found.items():
        assert sorted(cards) == sorted(set(cards)) == sorted(found["Newest"]), label
    assert len({tuple(cards) for cards in found.values()}) == len(found), "or the orders are no orders"


@pytest.mark.parametrize(
    "asked",
    [
        "kind=fellowship&stage=14-16",
        "kind=virtual-experience&where=wales&pay=paid",
        "q=plasmid&kind=apprenticeship&where=northern-ireland",
        "kind=course&near=Lerwick&within=5&when=open",
        "q=zzzzqqqq&kind=course",
        "when=closing-2-weeks",
        "organisation=lifearc&kind=course",
    ],
)
def test_when_little_is_found_every_offer_finds_what_it_says(reader: FlaskClient, asked: str) -> None:
    page = see(reader, f"/search?{asked}")
    assert page.total < 5
    (offers,) = page.some("changes")
    rows = within(offers, "li")
    assert rows
    for offer in rows:
        (link,) = within(offer, "a")
        promised = int(re.findall(r"\d+", words(link))[0])
        assert total_at(reader, link.attrib["href"]) == promised > page.total, words(offer)


def test_an_offer_changes_one_thing(reader: FlaskClient) -> None:
    asked = {("kind", "fellowship"), ("stage", "14-16"), ("where", "wales")}
    page = see(reader, address(sorted(asked)))
    (offers,) = page.some("changes")
    for link in within(offers, "a"):
        changed = asked ^ set(pairs(link.attrib["href"]))
        assert len({name for name, _value in changed}) == 1, words(link)


def test_nothing_found_is_said_plainly(client: FlaskClient, session: Session, lifearc: Organisation) -> None:
    publish(session, row(organisation=lifearc))
    page = see(client, "/search?kind=fellowship")
    assert (page.total, page.cards) == (0, [])
    assert "Nothing" in page.heading
    assert "fellowships" in page.said
    assert not page.some("sort")


def test_an_empty_catalogue_is_no_mistake(client: FlaskClient) -> None:
    page = see(client, "/search")
    assert (page.total, page.cards, page.some("changes")) == (0, [], [])
    assert words(page.some("empty-state")[0]).startswith("Nothing is listed here yet")


def test_what_is_closed_stays_out_until_asked_for(client: FlaskClient, session: Session, lifearc: Organisation) -> None:
    yesterday = (NOW - timedelta(days=1)).date()
    publish(
        session,
        row("Open", organisation=lifearc, intakes=[Intake(closing=Closing.FIXED, closes_on=yesterday + timedelta(9))]),
        row("Closed", organisation=lifearc, intakes=[Intake(closing=Closing.FIXED, closes_on=yesterday)]),
        row("Paused", organisation=lifearc, running=Running.PAUSED),
        row("Ended", organisation=lifearc, running=Running.ENDED),
    )
    page = see(client, "/search")
    assert [words(title) for title in page.some("card-title")] == ["Open"]
    assert re.search(r"\b3 more are closed, paused or ended", page.text)
    ((said, more),) = [(text, link) for text, link in page.links.items() if text.startswith("Show them")]
    shown = {words(title) for title in see(client, more).some("card-title")}
    assert shown == {"Closed", "Paused", "Ended"} | ({"Open"} if "too" in said else set())


def test_what_was_withdrawn_since_the_index_was_built_does_not_show(
    client: FlaskClient, session: Session, lifearc: Organisation
) -> None:
    secret = row("Secret", organisation=lifearc)
    publish(session, row("Plain", organisation=lifearc), secret)
    assert len(see(client, "/search").cards) == 2
    withdraw(session, secret, NOW)
    session.commit()
    page = see(client, "/search")
    assert [words(title) for title in page.some("card-title")] == ["Plain"]


def test_a_card_says_what_is_known_and_not_said_for_the_rest(
    client: FlaskClient, session: Session, lifearc: Organisation
) -> None:
    publish(
        session,
        row(organisation=lifearc, kind=KindName.PLACEMENT),
        row("Paid", organisation=lifearc, kind=KindName.PLACEMENT, pay=Pay.WAGE, pay_minimum=24000, stages=["phd"]),
    )
    bare, paid = see(client, "/search?sort=newest").some("card")
    assert [words(fact) for fact in within(bare, "dd")] == ["Not said"] * 4
    assert "Place not said" in words(bare)
    assert "Dates Not said" in words(bare)
    assert "£24,000" in words(paid)
    assert "PhD" in words(paid)


def test_only_what_somebody_added_this_week_is_called_new(
    client: FlaskClient, session: Session, lifearc: Organisation
) -> None:
    publish(
        session,
        row("Added today", organisation=lifearc, published_at=NOW),
        row("Added last week", organisation=lifearc, published_at=NOW - timedelta(days=8)),
        row("There from the beginning", organisation=lifearc, published_at=NOW, seed_fingerprint="x"),
    )
    new = [
        words(within(card, look="card-title")[0])
        for card in see(client, "/search").some("card")
        if "New" in words(card)
    ]
    assert new == ["Added today"]


def test_a_word_that_looks_like_a_page_is_only_a_word(reader: FlaskClient) -> None:
    text = "<script>alert(1)</script> & \"quotes\" 'and' ‮"
    page = see(reader, address([("q", text), ("near", text)]))
    assert "<script>alert(1)</script>" in page.said
    assert not within(page.main, "script")


def test_a_misspelling_is_put_right_aloud_with_a_way_back(
    client: FlaskClient, session: Session, lifearc: Organisation
) -> None:
    publish(session, row("Immunology placement", organisation=lifearc))
    page = see(client, "/search?q=imunology")
    assert "No listing has ‘imunology’, so this is for ‘immunology’." in page.text
    assert "Immunology placement" in page.text
    literal = see(client, "/search?q=imunology&literal=1")
    assert "Immunology placement" not in literal.text
