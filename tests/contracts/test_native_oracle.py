"""The engine against Whoosh as it comes: what arrays answer is what Whoosh's own searcher says of the same words."""

import random
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from directory.search.document import SHAPE, SearchDocument
from directory.search.engine import SCORE_STEPS, Question, SearchPage
from directory.search.engines.whoosh import WhooshEngine
from directory.search.engines.whoosh.manifest import Manifest
from directory.search.engines.whoosh.matching import Hits, Matches
from directory.search.facets import FACETS
from directory.search.language import read
from directory.search.query import Sort
from tests.contracts.listings import NOW, WORDS, asking, catalogues_of, documents_in, listing, typed, values_of
from tests.contracts.native import TIMES, Answer, NativeWhoosh

EVERYTHING = 1000
# Both add the same few products of the same numbers, in another order: what differs is the last digits.
ALIKE = 1e-12

# A failure explained branch by branch would follow every line of Whoosh: minutes, and gigabytes.
PHASES = [phase for phase in Phase if phase is not Phase.explain]

timed = documents_in(st.sampled_from(list(TIMES)))
choices = st.lists(st.sampled_from(FACETS), max_size=3, unique=True).flatmap(
    lambda chosen: st.tuples(
        *(st.tuples(st.just(facet.name), values_of(facet.name)) for facet in FACETS if facet in chosen)
    )
)
Changes = list[tuple[list[SearchDocument], set[int]]]


def stretches(texts: list[str]) -> st.SearchStrategy[str]:
    """Phrases that stand in these texts, or nearly: some of a text's words, in quotes."""
    at = st.tuples(st.sampled_from(texts or [""]), st.integers(0, 4), st.integers(1, 4))
    return at.map(lambda cut: f'"{" ".join(cut[0].split()[cut[1] : cut[1] + cut[2]])}"')


def literal(texts: list[str]) -> st.SearchStrategy[Question]:
    """Questions of words, phrases and what must not stand there, some of them out of these texts."""
    words = typed | st.lists(stretches(texts), min_size=1, max_size=2).map(" ".join)
    return st.builds(
        Question,
        text=words.map(read),
        choices=choices.map(lambda all: tuple((name, values) for name, values in all if values))
        | st.just((("when", ("closing-6-weeks", "not-running")),)),
        sort=st.just(Sort.BEST),
        size=st.just(EVERYTHING),
        few=st.sampled_from((1, 2, 5)),
    )


@st.composite
def histories(draw: st.DrawFn, most_changes: int, most_questions: int) -> tuple[Changes, list[Question]]:
    """What an index went through, beginning with a whole catalogue, and what is asked of it then."""
    changed = st.tuples(st.lists(timed, max_size=4), st.sets(st.integers(1, 60), max_size=6))
    changes = [
        (draw(catalogues_of(timed)), set[int]()),
        *draw(st.lists(changed, min_size=min(1, most_changes), max_size=most_changes)),
    ]
    texts = [text for upserts, _deletions in changes for document in upserts for text in document.texts if text]
    return changes, draw(st.lists(literal(texts), min_size=1, max_size=most_questions))


@settings(max_examples=100, phases=PHASES)
@given(histories(most_changes=0, most_questions=5))
def test_whoosh_itself_says_the_same(history: tuple[Changes, list[Question]]) -> None:
    live_through(*history)


@settings(max_examples=40, phases=PHASES)
@given(histories(most_changes=8, most_questions=4))
def test_after_changes_it_says_what_whoosh_says_of_the_living_alone(history: tuple[Changes, list[Question]]) -> None:
    live_through(*history)


@pytest.mark.parametrize("words", ['"cell genecell"', '"gene the cell"', '"cell cell" gene', "gene -cell", "big gene"])
def test_a_word_that_two_others_make_stands_where_they_do(words: str, tmp_path: Path) -> None:
    titles = ["Gene cell genecell", "Genecell gene cell", "Gene of cell cell", "Cell for gene", "Big gene", "Biggene"]
    documents = {id: listing(id, title) for id, title in enumerate(titles)}
    engine = WhooshEngine(tmp_path)
    engine.replace_all(documents.values())
    agree(engine, documents, [asking(words, size=EVERYTHING)])


def test_one_called_so_that_lacks_a_word_weighs_what_the_others_do(tmp_path: Path) -> None:
    called = [listing(id, title, names=("genetherapy",)) for id, title in enumerate(("Gene bank", "Bank", "A gene"))]
    documents = {document.id: document for document in (*called, listing(9, "Gene therapy"), listing(10, "Speech"))}
    engine = WhooshEngine(tmp_path)
    engine.replace_all(documents.values())
    agree(
        engine, documents, [asking(words, size=EVERYTHING) for words in ("gene therapy", "genetherapy", "Gene-Therapy")]
    )


def live_through(changes: Changes, asked: list[Question]) -> None:
    alive: dict[int, SearchDocument] = {}
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder))
        for number, (upserts, deletions) in enumerate(changes):
            if number:
                engine.apply(upserts, deletions)
            else:
                engine.replace_all(upserts)
            alive = {id: document for id, document in alive.items() if id not in deletions}
            alive |= {document.id: document for document in upserts}
        agree(engine, alive, asked)


def agree(engine: WhooshEngine, alive: Mapping[int, SearchDocument], asked: Sequence[Question]) -> None:
    """Hold every answer of the engine against Whoosh's own, built anew of what is alive."""
    native = NativeWhoosh(alive.values())
    for question in asked:
        page, said = engine.search(question, NOW), native.answer(question)
        numbers_agree(page, said)
        scores_agree(engine, question, said)
        order_agrees(page, said, alive)


def numbers_agree(page: SearchPage, said: Answer) -> None:
    with_all = page.ids[: page.with_all_words]
    assert set(with_all) == said.kept & set(said.all_words)
    assert set(page.ids) == said.kept | said.following
    assert (page.total, page.more, page.not_running) == (len(said.kept), len(said.following), said.not_running)
    counts = {name: {value: count for value, count in of.items() if count} for name, of in page.counts.items()}
    assert counts == said.counts


def scores_agree(engine: WhooshEngine, question: Question, said: Answer) -> None:
    generation = engine._held
    assert generation
    matches = Matches(generation._words, question.text, generation._living)

    def scored(hits: Hits) -> dict[int, float]:
        return dict(zip(generation.ids[hits.numbers].tolist(), hits.scores.tolist(), strict=True))

    assert scored(matches.all_words) == pytest.approx(said.all_words, rel=ALIKE, abs=0)
    if question.text.required:
        assert scored(matches.some_words) == pytest.approx(said.some_words, rel=ALIKE, abs=0)


def order_agrees(page: SearchPage, said: Answer, alive: Mapping[int, SearchDocument]) -> None:
    """Demand the order of Whoosh's scores where they differ by a step or more, and of titles where they are equal."""
    scores = {**said.some_words, **said.all_words}
    for part in (page.ids[: page.with_all_words], page.ids[page.with_all_words :]):
        for above, below in combinations(part, 2):
            assert (above in said.named) >= (below in said.named)
            if (above in said.named) == (below in said.named):
                assert scores[below] - scores[above] <= 1 / SCORE_STEPS
                if scores[above] == pytest.approx(scores[below], rel=ALIKE):
                    assert alive[above].order < alive[below].order


def test_the_oracle_knows_a_phrase_a_name_and_what_is_not_running() -> None:
    documents = [
        listing(1, "Gene therapy", kind="course"),
        listing(2, "Therapy of a gene", kind="placement"),
        replace(listing(3, "Gene therapy at home", kind="course"), schedule=list(TIMES)[2]),
    ]
    said = NativeWhoosh(documents).answer(asking('"gene therapy"', kind="placement"))
    assert (set(said.all_words), said.kept, said.counts["kind"]) == ({1, 3}, frozenset(), {"course": 1})
    assert NativeWhoosh(documents).answer(asking("gene therapy")).named == {1}
    assert NativeWhoosh(documents).answer(asking("gene")).not_running == 1


def test_what_is_deleted_but_still_in_its_segment_weighs_nothing(tmp_path: Path) -> None:
    documents = {id: listing(id, "Plasmid " * (id % 4), "and other words " * (id % 30)) for id in range(1, 61)}
    engine = WhooshEngine(tmp_path)
    engine.replace_all(documents.values())
    gone = range(3, 60, 4)  # those with the most of it, and fewer than lead to a merge
    engine.apply([], gone)
    (part,) = Manifest.read(tmp_path / f"whoosh-{SHAPE}").parts
    assert part.deleted
    alive = {id: document for id, document in documents.items() if id not in gone}
    agree(engine, alive, [asking(words, size=EVERYTHING) for words in ("plasmid", "plasmid words", '"other words"')])


def test_in_a_larger_catalogue_of_long_and_short_texts_they_agree_too(tmp_path: Path) -> None:
    dice = random.Random(8)
    rare = ("plasmid", "vector", "lentiviral", "assay")

    def text(longest: int) -> str:
        words = dice.choices(WORDS, k=dice.randint(1, longest))
        return " ".join([*words, *dice.sample(rare, dice.choice((0, 0, 0, 0, 1)))])

    documents = {
        id: listing(
            id,
            text(4),
            text(dice.choice((10, 60, 900))),
            organisation=(f"organisation-{id % 150}", f"partner-{dice.randint(1, 150)}"),
            kind=dice.choice(("course", "placement")),
            schedule=dice.choice(list(TIMES)),
        )
        for id in range(1, 301)
    }
    engine = WhooshEngine(tmp_path)
    engine.replace_all(document for document in documents.values() if document.id <= 200)
    engine.apply([document for document in documents.values() if document.id > 150], [9, 10])
    alive = {id: document for id, document in documents.items() if id not in (9, 10)}
    asked = [
        *("plasmid gene", "gene cell therapy lab placement", '"gene therapy" lab', "lentiviral", "assay vector big"),
        *("therapies -cell", '"big the gene"', '-"gene cell" plasmid', "genecell", "T-cell Level 3 car-t", "nothing"),
    ]
    some_organisations = tuple(f"{role}-{number}" for role in ("organisation", "partner") for number in range(1, 30))
    questions = [asking(words, size=EVERYTHING) for words in asked]
    narrowed = [replace(question, choices=(("organisation", some_organisations),)) for question in questions]
    agree(engine, alive, [*questions, *narrowed])
