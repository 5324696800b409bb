"""What an evaluation reads, writes and measures; the measures against their definitions, worked out the long way."""

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.search.evaluating import Evaluation, Quality, Unusable, evaluate, means, measure, read_judgements
from directory.search.language import TextQuery

DOCUMENTS = [
    {"id": "gene", "title": "Gene therapy placement", "description": "Vectors in a lab"},
    {"id": 7, "title": "Cell therapy course", "organisation": "Royal College", "location": "Leeds"},
    {"id": 1.50, "title": "", "description": "Nothing but gene", "year": 2026, "tags": ["cell"]},
]
QUERIES = [{"id": "q1", "text": "gene therapy"}, {"id": 2, "text": "the"}, {"id": "q3", "text": "zebra"}]


def written(file: Path, rows: Sequence[object]) -> Path:
    file.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows))
    return file


class Files:
    """The files of one evaluation; what isn't said is a small one that works."""

    def __init__(self, folder: Path) -> None:
        self.documents = written(folder / "documents.jsonl", DOCUMENTS)
        self.queries = written(folder / "queries.jsonl", QUERIES)
        self.out = folder / "run.jsonl"
        self.qrels = folder / "qrels"

    def evaluate(self, qrels: Path | None = None) -> Evaluation:
        return evaluate(self.documents, self.queries, self.out, qrels)

    def results(self) -> dict[str, list[object]]:
        return {str(run["query"]): run["docs"] for run in map(json.loads, self.out.read_text().splitlines())}

    def asking(self, text: str) -> list[object]:
        written(self.queries, [{"id": "q", "text": text}])
        self.evaluate()
        return self.results()["q"]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def test_documents_with_all_the_words_come_first_then_those_with_some(files: Files) -> None:
    files.evaluate()
    found = files.results()
    assert found["q1"][0] == "gene"
    assert set(found["q1"]) == {"gene", 7, 1.5}
    assert found["2"] == found["q3"] == []


def test_ids_come_out_as_they_went_in(files: Files) -> None:
    written(
        files.documents, ['{"id": 1.50, "title": "one"}', '{"id": "ü", "title": "one"}', '{"id": 1e3, "title": "one"}']
    )
    written(files.queries, ['{"id": 12345678901234567890, "text": "one"}'])
    files.evaluate()
    line = files.out.read_text()
    assert line.startswith('{"query": 12345678901234567890, "docs": [')
    assert "1.50" in line and "1e3" in line and '"\\u00fc"' in line


@pytest.mark.parametrize("word", ["placement", "vectors", "royal", "leeds"])
def test_every_text_of_a_document_is_searched(files: Files, word: str) -> None:
    assert len(files.asking(word)) == 1


@pytest.mark.parametrize("word", ["2026", "gene1"])
def test_what_is_no_text_is_not_searched(files: Files, word: str) -> None:
    assert files.asking(word) == []


def test_a_title_weighs_more_than_other_text(files: Files) -> None:
    written(
        files.documents,
        [{"id": "body", "title": "Another", "story": "gene"}, {"id": "title", "title": "Gene", "story": "another"}],
    )
    assert files.asking("gene") == ["title", "body"]


def test_never_more_than_a_hundred(files: Files) -> None:
    written(files.documents, [{"id": number, "title": f"gene {number}"} for number in range(120)])
    assert len(files.asking("gene")) == 100


def test_another_reading_of_queries_can_be_plugged_in(files: Files) -> None:
    evaluate(files.documents, files.queries, files.out, read=lambda _text: TextQuery())
    assert set(map(len, files.results().values())) == {0}


def test_judgements_are_read_as_trec_writes_them_or_as_json(files: Files) -> None:
    expected = {"q1": {"gene": 2, "7": 0}, "2": {"7": 1}}
    rows = ["q1 0 gene 2", "", "q1\t0\t7\t0", "2 0 7 1"]
    assert read_judgements(written(files.qrels, rows)) == expected
    as_json = [
        {"query": "q1", "doc": "gene", "grade": 2},
        {"query": "q1", "doc": 7, "grade": 0},
        {"query": 2, "doc": "7", "grade": 1},
    ]
    assert read_judgements(written(files.qrels, as_json)) == expected


def test_a_pair_judged_twice_counts_by_its_better_grade(files: Files) -> None:
    assert read_judgements(written(files.qrels, ["q 0 d 1", "q 0 d 3", "q 0 d 2"])) == {"q": {"d": 3}}


def test_queries_without_a_relevant_document_are_in_no_mean(files: Files) -> None:
    done = files.evaluate(written(files.qrels, ["q1 0 gene 2", "2 0 7 0", "elsewhere 0 gene 1"]))
    assert done == Evaluation(documents=3, queries=3, judged=1, quality=Quality(1, 0.1, 1, 1))
    assert files.evaluate(written(files.qrels, ["elsewhere 0 gene 1"])).quality is None


DOCUMENT, QUERY = json.dumps(DOCUMENTS[0]), json.dumps(QUERIES[0])


@pytest.mark.parametrize(
    ("name", "rows", "sentence"),
    [
        ("documents", [DOCUMENT, "{"], r"documents.jsonl, line 2: this isn't JSON \(.* at character 2\)"),
        ("documents", ["[" * 100_000], "line 1: this isn't JSON that can be read"),
        ("documents", ['{"id": NaN, "title": "a"}'], "line 1: this isn't JSON that can be read"),
        ("documents", ["[1]"], "line 1: there must be one JSON object on each line"),
        ("documents", ['{"title": "a"}'], '"id" must be there'),
        ("documents", ['{"id": true, "title": "a"}'], '"id" must be there'),
        ("documents", ['{"id": 1}'], '"title" must be there'),
        ("documents", ['{"id": 1, "title": 2}'], '"title" must be there and be text'),
        ("documents", ['{"id": 1, "title": "a"}', "", '{"id": "1", "title": "b"}'], 'line 3: the id "1" .* line 1'),
        ("documents", [], "holds no documents"),
        ("queries", [QUERY, "nonsense"], "queries.jsonl, line 2: this isn't JSON"),
        ("queries", [QUERY, QUERY], 'line 2: the id "q1" is that of line 1 too'),
        ("queries", ['{"id": 1}'], '"text" must be there'),
        ("queries", [""], "holds no queries"),
        ("qrels", ["q1 0 gene"], "qrels, line 1: a judgement is four columns"),
        ("qrels", ["q1 0 gene high"], "the grade must be a whole number, not 'high'"),
        ("qrels", ['{"query": "q1", "doc": "gene"}'], '"query", "doc" and "grade" must all be there'),
        ("qrels", [], "holds no judgements"),
    ],
)
def test_what_cannot_be_used_is_named(files: Files, name: str, rows: list[str], sentence: str) -> None:
    written(files.qrels, ["q1 0 gene 1"])
    written(getattr(files, name), rows)
    with pytest.raises(Unusable, match=sentence):
        files.evaluate(files.qrels)


def test_a_file_that_is_no_text_or_cannot_be_read_is_named(files: Files) -> None:
    files.documents.write_bytes(b'{"id": 1, "title": "a"}\n\xff\xfe')
    with pytest.raises(Unusable, match="line 2: this isn't UTF-8"):
        files.evaluate()
    files.queries.unlink()
    with pytest.raises(Unusable, match=r"queries.jsonl can't be read: No such file"):
        files.evaluate()


def test_results_that_cannot_be_written_are_refused(files: Files) -> None:
    files.out.mkdir()
    with pytest.raises(Unusable, match=r"run.jsonl can't be written: Is a directory"):
        files.evaluate()


def test_a_full_disk_is_one_sentence(files: Files) -> None:
    files.out = Path("/dev/full")
    if not files.out.exists():
        pytest.skip("this system has no /dev/full")
    with pytest.raises(Unusable, match="can't be written: No space left"):
        files.evaluate()


def test_results_never_overwrite_what_is_read(files: Files) -> None:
    files.out = files.documents
    with pytest.raises(Unusable, match="is one of the files to read"):
        files.evaluate()
    assert len(files.documents.read_text().splitlines()) == len(DOCUMENTS)


def test_the_mark_at_the_beginning_of_a_file_is_no_text(files: Files) -> None:
    files.queries.write_text(f"\ufeff{QUERY}\n", encoding="utf-8")
    assert files.evaluate().queries == 1


# Few documents meet often; some are judged and not found, some found and not judged.
ids = st.sampled_from([f"d{number}" for number in range(16)])
rankings = st.lists(ids, max_size=16, unique=True)
judgements = st.dictionaries(ids, st.integers(-1, 3), max_size=16).filter(
    lambda grades: max(grades.values(), default=0) > 0
)


@given(rankings, judgements)
def test_measures_are_what_their_definitions_say(ranking: list[str], grades: dict[str, int]) -> None:
    relevant = {document for document, grade in grades.items() if grade > 0}
    ranks = {document: rank for rank, document in enumerate(ranking, 1) if document in relevant}
    found = measure(ranking, grades)
    assert found.ndcg_at_10 == pytest.approx(gain(ranking, grades) / best_gain(grades))
    assert found.precision_at_10 == len([rank for rank in ranks.values() if rank <= 10]) / 10
    assert found.reciprocal_rank == (1 / min(ranks.values()) if ranks else 0)
    assert found.recall_at_100 == len(ranks) / len(relevant)


def gain(ranking: Sequence[str], grades: Mapping[str, int]) -> float:
    total = 0.0
    for rank in range(1, min(len(ranking), 10) + 1):
        total += max(grades.get(ranking[rank - 1], 0), 0) / (math.log(rank + 1) / math.log(2))
    return total


def best_gain(grades: Mapping[str, int]) -> float:
    """Put the best document that is left in each place: no order gains more."""
    left, order = dict(grades), []
    while left:
        best = max(left, key=lambda document: left[document])
        order.append(best)
        del left[best]
    return gain(order, grades)


@given(st.permutations([f"d{number}" for number in range(5)]), st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_no_order_is_better_than_the_ideal_one(ranking: list[str], given: list[int]) -> None:
    grades = {f"d{number}": grade for number, grade in enumerate(given)}
    if any(given):
        assert 0 < measure(ranking, grades).ndcg_at_10 <= 1 + 1e-12
        assert measure(sorted(grades, key=lambda id: -grades[id]), grades).ndcg_at_10 == pytest.approx(1)


def test_results_past_the_hundredth_count_for_nothing() -> None:
    assert measure([*(f"x{number}" for number in range(100)), "d"], {"d": 1}) == Quality(0, 0, 0, 0)


def test_means_are_of_each_measure() -> None:
    assert means([Quality(1, 0.1, 1, 1), Quality(0, 0.3, 0.5, 0)]) == Quality(0.5, 0.2, 0.75, 0.5)
    assert means([]) is None
