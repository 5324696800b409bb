"""``evaluate``: how well search finds what people judged relevant, in any collection of documents."""

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from directory.app import reading_without_choices
from directory.cli.console import say, steps
from directory.search.evaluating import Evaluation, Quality
from directory.search.evaluating import evaluate as run

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("documents", metavar="DOCS.jsonl", type=FILE)
@click.argument("queries", metavar="QUERIES.jsonl", type=FILE)
@click.option("--out", metavar="RUN.jsonl", type=FILE, required=True, help="Where to write each query's results.")
@click.option("--qrels", metavar="QRELS", type=FILE, help="Judgements: TREC's columns, or query, doc, grade as JSON.")
def evaluate(documents: Path, queries: Path, out: Path, qrels: Path | None) -> None:
    """Search any documents as the product does, and measure it.

    A document is {"id", "title", "organisation", "location", "description", …} on a line of its own, a query {"id",
    "text"}. Each query's hundred best go to RUN.jsonl as {"query", "docs"}: those with all its words, then those with
    some.
    """
    done = run(documents, queries, out, qrels, read=reading_without_choices(), steps=steps)
    say(f"{done.documents:,} documents and {done.queries:,} queries: the results are in {out}.")
    if qrels:
        _report(done)


def _report(done: Evaluation) -> None:
    if left_out := done.queries - done.judged:
        say(f"In no mean, since none of their documents was judged relevant: {left_out:,} of {done.queries:,} queries.")
    if done.quality is None:
        return
    table = Table("nDCG@10", "P@10", "MRR", "recall@100", "judged queries")
    table.add_row(*_figures(done.quality), f"{done.judged:,}")
    Console(width=None if sys.stdout.isatty() else 80).print(table)


def _figures(quality: Quality) -> tuple[str, ...]:
    figures = (quality.ndcg_at_10, quality.precision_at_10, quality.reciprocal_rank, quality.recall_at_100)
    return tuple(f"{figure:.4f}" for figure in figures)


COMMANDS = (evaluate,)
