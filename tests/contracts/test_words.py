"""What typed words find, in every engine."""

import pytest

from directory.catalogue.vocabulary import Reach
from directory.search.engine import SearchEngine, SearchPage
from directory.search.query import Sort
from tests.contracts.listings import ENDED, LEEDS, NOW, asking, listing


def search(engine: SearchEngine, text: str, **more: object) -> SearchPage:
    return engine.search(asking(text, **more), NOW)  # type: ignore[arg-type]


def test_listings_with_all_the_words_are_the_answer_when_there_are_enough(engine: SearchEngine) -> None:
    both = [listing(id, f"Gene therapy {id}") for id in range(1, 6)]
    engine.replace_all([*both, listing(6, "Gene bank"), listing(7, "Speech therapy")])
    page = search(engine, "gene therapy")
    assert sorted(page.ids) == [1, 2, 3, 4, 5]
    assert (page.total, page.with_all_words, page.more, page.some_words_from) == (5, 5, 0, None)


def test_when_fewer_than_five_have_all_the_words_those_with_some_stand_below(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, "Gene bank"), listing(2, "Gene therapy"), listing(3, "Speech therapy")])
    page = search(engine, "gene therapy")
    assert page.ids[0] == 2
    assert sorted(page.ids[1:]) == [1, 3]
    assert (page.total, page.with_all_words, page.some_words_from) == (3, 1, 1)


def test_of_those_with_some_words_the_more_telling_word_counts_more(engine: SearchEngine) -> None:
    common = [listing(id, "Gene bank") for id in range(2, 12)]
    engine.replace_all([listing(1, "Plasmid bank"), *common])
    assert search(engine, "plasmid gene", size=20).ids[0] == 1


def test_choices_narrow_what_the_words_match_and_never_widen_it(engine: SearchEngine) -> None:
    both = [listing(id, "Gene therapy", kind="course" if id == 1 else "placement") for id in range(1, 7)]
    engine.replace_all([*both, listing(7, "Gene bank", kind="course")])
    page = search(engine, "gene therapy", kind="course")
    assert (page.total, page.with_all_words) == (1, 1)


def test_when_choices_leave_few_those_with_some_words_follow_in_no_other_count(engine: SearchEngine) -> None:
    both = [listing(id, "Gene therapy", kind="course" if id == 1 else "placement") for id in range(1, 7)]
    engine.replace_all([*both, listing(7, "Gene bank", kind="course"), listing(8, "Gene bank", kind="placement")])
    page = search(engine, "gene therapy", kind="course")
    assert page.ids == (1, 7)
    assert (page.total, page.more, page.some_words_from) == (1, 1, 1)
    assert page.counts["kind"]["course"] == 1


def test_only_running_listings_count_towards_enough(engine: SearchEngine) -> None:
    both = [listing(id, "Gene therapy", schedule=ENDED) for id in range(1, 7)]
    engine.replace_all([*both, listing(7, "Gene bank")])
    page = search(engine, "gene therapy")
    assert (page.ids, page.not_running) == ((7,), 6)


def test_a_word_is_found_in_any_of_its_forms(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, "Training in therapies"), listing(2, "Chemistry")])
    assert search(engine, "trained therapy").ids == (1,)


@pytest.mark.parametrize("typed", ["CAR-T", "car t", "CART", "car‐t"])
def test_a_compound_is_found_however_it_is_written(engine: SearchEngine, typed: str) -> None:
    engine.replace_all([listing(1, "Making CAR-T cells"), listing(2, "A gene")])
    assert search(engine, typed).ids == (1,)


@pytest.mark.parametrize("typed", ["t-cell", "T cells", "tcell"])
def test_a_letter_belongs_to_the_word_after_it(engine: SearchEngine, typed: str) -> None:
    engine.replace_all([listing(1, body="We grow T cells"), listing(2, body="A stem and a leaf")])
    assert search(engine, typed).ids == (1,)


@pytest.mark.parametrize("typed", ["A level", "a-levels", "A Levels"])
def test_a_levels_are_no_other_levels(engine: SearchEngine, typed: str) -> None:
    engine.replace_all([listing(1, body="after A levels"), listing(2, body="Level 3"), listing(3, body="T Level")])
    assert search(engine, typed).ids == (1,)


def test_a_level_with_a_number_is_that_level(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, body="Level 3"), listing(2, body="Level 4, three days in 3 weeks")])
    assert search(engine, "level 3").ids == (1,)


def test_accents_capitals_and_apostrophes_make_no_difference(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, "King’s Café Master's"), listing(2, "Other")])
    assert search(engine, "KINGS cafe masters").ids == (1,)


@pytest.mark.parametrize("typed", ["#BIGIMPACT", "bigimpact", "Big Impact"])
def test_a_hashtag_is_found_with_and_without_its_spaces(engine: SearchEngine, typed: str) -> None:
    engine.replace_all([listing(1, "BIA #BIGIMPACT campaign", names=("bigimpact",)), listing(2, "A big campaign")])
    assert search(engine, typed).ids[0] == 1


def test_a_phrase_ends_in_a_word_that_two_others_make_as_well(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, "Big Impact #BIGIMPACT"), listing(2, "A big campaign of impact: bigimpact")])
    assert search(engine, '"impact bigimpact"').with_all_words == 2


def test_a_listing_named_exactly_as_typed_comes_first(engine: SearchEngine) -> None:
    louder = listing(1, "Career converter for the career converter: career converter tool", "career converter " * 9)
    engine.replace_all([louder, listing(2, "Career Converter", "A tool." * 50)])
    assert search(engine, "career converter").ids == (2, 1)


def test_a_title_weighs_more_than_a_description(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, "Other", "plasmid and so on"), listing(2, "Plasmid and so on", "other")])
    assert search(engine, "plasmid").ids == (2, 1)


def test_words_that_stand_together_in_a_title_count_for_more(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, "Hub of the gene, for therapy"), listing(2, "The gene therapy hub, for all")])
    assert search(engine, "gene therapy hub").ids == (2, 1)


def test_stop_words_ask_for_nothing(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, "Lab work"), listing(2, "The and")])
    assert search(engine, "the lab and the work").with_all_words == 1
    assert search(engine, "what is it").total == 2


def test_words_that_nothing_has_find_nothing(engine: SearchEngine) -> None:
    engine.replace_all([listing(1, "Lab work")])
    page = search(engine, "zzzz")
    assert (page.ids, page.total, page.number, page.last) == ((), 0, 1, 1)


def test_sorting_another_way_keeps_those_with_all_words_above(engine: SearchEngine) -> None:
    some = listing(1, "Gene bank", points=[LEEDS], reach=[Reach.SITE])
    engine.replace_all([some, listing(2, "Gene therapy")])
    page = search(engine, "gene therapy", sort=Sort.NEAREST, point=LEEDS)
    assert (page.ids, page.some_words_from) == ((2, 1), 1)
