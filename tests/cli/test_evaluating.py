"""``evaluate`` as it is typed: what it prints, and one sentence when it can't."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from directory.cli.evaluating import evaluate
from directory.foundation.refusals import Refusal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "docs.jsonl").write_text('{"id": 1, "title": "Gene therapy"}\n{"id": "b", "title": "Cell therapy"}\n')
    (tmp_path / "queries.jsonl").write_text('{"id": "q1", "text": "cell therapy"}\n{"id": "q2", "text": "zebra"}\n')
    (tmp_path / "qrels").write_text("q1 0 1 1\n")
    return tmp_path


def run(folder: Path, *options: str) -> Result:
    files = [str(folder / name) for name in ("docs.jsonl", "queries.jsonl")]
    return CliRunner().invoke(evaluate, [*files, "--out", str(folder / "run.jsonl"), *options])


def test_it_writes_the_best_of_each_query(folder: Path) -> None:
    done = run(folder)
    assert done.exit_code == 0, done.output
    assert done.stdout == f"2 documents and 2 queries: the results are in {folder / 'run.jsonl'}.\n"
    runs = [json.loads(line) for line in (folder / "run.jsonl").read_text().splitlines()]
    assert runs == [{"query": "q1", "docs": ["b", 1]}, {"query": "q2", "docs": []}]


def test_with_judgements_it_prints_the_means_and_what_is_in_them(folder: Path) -> None:
    done = run(folder, "--qrels", str(folder / "qrels"))
    assert done.exit_code == 0, done.output
    assert "In no mean, since none of their documents was judged relevant: 1 of 2 queries." in done.stdout
    lines = done.stdout.splitlines()
    headings = next(line for line in lines if "nDCG@10" in line)
    figures = next(line for line in lines if "0.6309" in line)
    assert [word.strip() for word in headings.split("┃")[1:-1]] == [
        "nDCG@10",
        "P@10",
        "MRR",
        "recall@100",
        "judged queries",
    ]
    assert [word.strip() for word in figures.split("│")[1:-1]] == ["0.6309", "0.1000", "0.5000", "1.0000", "1"]


def test_judgements_of_other_queries_make_no_table(folder: Path) -> None:
    (folder / "qrels").write_text("elsewhere 0 1 1\n")
    done = run(folder, "--qrels", str(folder / "qrels"))
    assert done.exit_code == 0, done.output
    assert "2 of 2 queries" in done.stdout
    assert "nDCG" not in done.stdout


def test_what_it_cannot_use_is_a_refusal(folder: Path) -> None:
    (folder / "docs.jsonl").write_text("{")
    done = run(folder)
    assert isinstance(done.exception, Refusal)
    assert f"{folder / 'docs.jsonl'}, line 1" in str(done.exception)
    assert "Traceback" not in done.output
