"""How well search finds what is relevant, beside its peers: ``./run benchmark relevance [--sets …] [--folder F]``.

Three engines search the same documents for the same queries, and are measured by nDCG@10:

* the product, through ``evaluate`` and so with its own analysis, weights and reading of queries;
* native Whoosh: StemmingAnalyzer, BM25F over title and body, any of the words (OrGroup);
* SQLite FTS5: porter stemming, bm25, any of the words.

Target: on each set the product is within 0.01 of the best. It is printed, never asserted.

The classic test collections (Cranfield, CACM, TREC, BEIR) are in no package of PyPI, npm or Debian that we know of, or
are there without their documents. What packages do hold, fetched at run time, pinned and never committed:

* ``lee`` (gensim; judged by people): 50 news stories, each pair of which readers rated for how alike it is. A query is
  a story's first sentence, its documents the stories without theirs, graded by the mean rating. Small.
* ``bookmarks`` (cherche; judged by a person): some 7,000 bookmarks and papers that one man tagged by hand for 17 years.
  A query is the name of a tag, and what he tagged with it is relevant: short subject queries, short documents. Partly
  in French, and most tagged documents don't name their tag: even a perfect engine of words scores low.
* ``foldoc`` (dict-foldoc; made): a reverse dictionary of computing. A query is the sentence that opens an entry, and
  its one relevant document is the rest of the entry under its name: long questions of which few words match.
* ``wordnet`` (wordnet-base; made): the meanings of verbs. A query is a sentence that shows a verb at work, and its one
  relevant document is the definition that it was shown for: few words, many near misses.
* ``manuals`` (manpages-dev; made): system calls and library functions. A query is the line that sums a page up
  ("extract tokens from strings"), and its one relevant document is the page without that line: short questions, titles
  that are names, documents of every length.

The made sets are known-item searches: they can tell engines apart, but nobody judged what else would have been useful.
Beside each distance to the better peer stands its 95 % interval: a distance within it says little.
"""

import argparse
import gzip
import hashlib
import itertools
import json
import math
import os
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table
from whoosh import fields, index, qparser
from whoosh.analysis import StemmingAnalyzer

from directory.app import reading_without_choices
from directory.search.evaluating import evaluate, measure, read_judgements

SEED = 20261124
MOST_QUERIES = 1_000
RESULTS = 100
TARGET = 0.01


@dataclass
class Judged:
    """A set of documents and queries, and how relevant which are for which; ids are strings."""

    documents: list[dict[str, str]] = field(default_factory=list)
    queries: dict[str, str] = field(default_factory=dict)
    grades: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, title: str, description: str) -> str:
        """Add a document and give its id."""
        id = f"d{len(self.documents) + 1}"
        self.documents.append({"id": id, "title": title, "description": description})
        return id

    def ask(self, text: str, grades: Mapping[str, int]) -> None:
        """Add a query."""
        id = f"q{len(self.queries) + 1}"
        self.queries[id] = text
        self.grades[id] = dict(grades)

    def some_queries(self) -> "Judged":
        """Keep so many queries, always the same ones."""
        kept = sorted(random.Random(SEED).sample(sorted(self.queries), min(MOST_QUERIES, len(self.queries))))
        return Judged(self.documents, {id: self.queries[id] for id in kept}, {id: self.grades[id] for id in kept})


# -- packages: fetched by name through the machine's own clients, checked, unpacked


@dataclass(frozen=True)
class Package:
    """One file of one package; what isn't exactly this file isn't used."""

    name: str
    version: str
    sha256: str
    from_debian: bool = False
    is_wheel: bool = False

    def fetch(self, folder: Path) -> Path:
        """Give the file, fetched once."""
        kept = folder / "packages" / f"{self.name}-{self.version.replace(':', '-')}"
        for file in kept.glob("*"):
            return self._checked(file)
        kept.mkdir(parents=True, exist_ok=True)
        command = self._apt() if self.from_debian else self._pip(kept)
        done = subprocess.run(command, cwd=kept, capture_output=True, text=True, check=False)
        for file in kept.glob("*"):
            return self._checked(file)
        raise Missing(f"{self.name} {self.version} can't be fetched: {(done.stderr or done.stdout).strip()[-300:]}")

    def _checked(self, file: Path) -> Path:
        found = hashlib.sha256(file.read_bytes()).hexdigest()
        if found != self.sha256:
            raise Missing(f"{file} isn't the file that is pinned (its sha256 is {found}).")
        return file

    def _apt(self) -> list[str]:
        if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
            raise Missing(f"{self.name} is a package of Debian, and this machine has no apt-get.")
        return ["apt-get", "download", f"{self.name}={self.version}"]

    def _pip(self, kept: Path) -> list[str]:
        """Let pip check the file before it looks into it, which for sources means running them."""
        asked = kept.with_suffix(f"{kept.suffix}.requirements")
        asked.write_text(f"{self.name}=={self.version} --hash=sha256:{self.sha256}\n")
        folders = f"{CHECKOUT / '.tools/bin'}{os.pathsep}{os.environ.get('PATH', '')}"
        uvx, python = shutil.which("uvx", path=folders), shutil.which("python3") or sys.executable
        pip = [uvx, "pip"] if uvx else [python, "-m", "pip"]
        only = ONE_WHEEL if self.is_wheel else ["--no-binary=:all:"]
        return [*pip, "download", "--quiet", "--no-deps", f"--dest={kept}", *only, f"--requirement={asked}"]

    def unpack(self, folder: Path) -> Path:
        """Give the folder of what is in a package of Debian."""
        file = self.fetch(folder)
        unpacked = file.parent.with_name(f"{file.parent.name}-unpacked")
        if not unpacked.exists():
            subprocess.run(["dpkg-deb", "-x", file, unpacked], check=True)
        return unpacked


class Missing(Exception):
    """A package can't be had here; its set is left out."""


CHECKOUT = Path(__file__).parents[1]
# Whatever this machine is, the file that is pinned; none of its code is run.
ONE_WHEEL = (
    "--only-binary=:all: --python-version=3.11 --implementation=cp --abi=cp311 --platform=manylinux_2_28_x86_64".split()
)
GENSIM = Package("gensim", "4.4.0", "91a7fa5e814e7b1bad4b2dffa8d62c1e55410d5cbdf930714c1997ffb4404db8", is_wheel=True)
CHERCHE = Package("cherche", "2.2.1", "7984a88f0bf9349cd08907baefc2527deaacea95d3acf5f4a1692896c507fe34")
FOLDOC = Package(
    "dict-foldoc", "20230119-1", "745cbedb55c2da609cc88ee0284e9d11a67a11ae3709daf7bad0e895ac3294c3", from_debian=True
)
WORDNET = Package(
    "wordnet-base", "1:3.0-37", "61060d960f9ada8fa120872312eccd3ecebfbab8c4579e4f5a74e1cf67620752", from_debian=True
)
MANUALS = Package(
    "manpages-dev", "6.03-2", "96f55cb5e26231d5567c89b692bced63825a14a2d5bd18fdf16ea2ed44eb9838", from_debian=True
)


# -- sets


def lee(folder: Path) -> Judged:
    """Read the stories that people compared."""
    with zipfile.ZipFile(GENSIM.fetch(folder)) as wheel:
        within = "gensim/test/test_data"
        stories = wheel.read(f"{within}/lee.cor").decode("latin-1").splitlines()
        ratings = [row.split() for row in wheel.read(f"{within}/similarities0-1.txt").decode().splitlines()]
    judged, leads = Judged(), []
    for story in stories:
        lead, rest = _first_sentence(story)
        leads.append(lead)
        judged.add("", rest)
    for first, lead in enumerate(leads):
        grades = {}
        for second in range(len(stories)):
            rating = float(ratings[min(first, second)][max(first, second)])  # the lower half holds zeros
            grades[f"d{second + 1}"] = max(0, round(5 * rating) - 1)  # 0 for what was rated hardly alike
        judged.ask(lead, grades)
    return judged


def bookmarks(folder: Path) -> Judged:
    """Read what was tagged by hand."""
    with tarfile.open(CHERCHE.fetch(folder)) as sdist:
        within = f"cherche-{CHERCHE.version}/cherche/data/semanlink"
        documents, tags = (json.load(sdist.extractfile(f"{within}/{name}.json")) for name in ("docs", "tags"))
    judged, tagged = Judged(), defaultdict(dict)
    for document in documents:
        if document["title"]:
            id = judged.add(document["title"], f"{document['comment']} {document['arxiv_summary']}")
            for tag in document["tag"]:
                tagged[tag][id] = 1
    for tag, grades in sorted(tagged.items()):
        if 5 <= len(grades) <= 100 and tags.get(tag, {}).get("prefLabel"):
            judged.ask(tags[tag]["prefLabel"][0], grades)
    return judged


def foldoc(folder: Path) -> Judged:
    """Read the dictionary of computing backwards."""
    within = FOLDOC.unpack(folder) / "usr/share/dictd"
    text = gzip.decompress((within / "foldoc.dict.dz").read_bytes())
    places = {tuple(line.split("\t")[1:]) for line in (within / "foldoc.index").read_text("utf-8").splitlines()}
    judged = Judged()
    for start, length in sorted((_number(start), _number(length)) for start, length in places):
        entry = text[start : start + length].decode("utf-8", "replace")
        names = " ".join(itertools.takewhile(str.strip, entry.splitlines()))
        words = " ".join(entry.partition("\n\n")[2].split())
        words = re.sub(r"^(<[^>]*> )?(\([^)]*\) )?|[{}]|__", "", words)  # subjects; the name shortened; links
        sentence, rest = _first_sentence(words)
        id = judged.add(names, rest)
        if len(rest) > 200 and 6 <= len(sentence.split()) <= 40:
            judged.ask(sentence, {id: 1})
    return judged.some_queries()


def wordnet(folder: Path) -> Judged:
    """Read what verbs mean, and how they are used."""
    judged = Judged()
    for line in (WORDNET.unpack(folder) / "usr/share/wordnet/data.verb").read_text("utf-8").splitlines():
        if line.startswith(" "):
            continue
        senses, _, gloss = line.partition(" | ")
        _offset, _file, _kind, count, *words = senses.split(" ")
        names = [words[2 * number].replace("_", " ") for number in range(int(count, 16))]
        definition, *examples = re.split(r';?\s*"', gloss.strip().removesuffix('"'))
        id = judged.add(", ".join(names), definition)
        for example in examples:
            if len(example.split()) >= 4:
                judged.ask(example, {id: 1})
    return judged.some_queries()


def manuals(folder: Path) -> Judged:
    """Read the manual's pages and what they say they are for."""
    judged = Judged()
    for file in sorted((MANUALS.unpack(folder) / "usr/share/man").rglob("man[23]/*.gz")):
        if file.is_symlink() or (page := gzip.decompress(file.read_bytes()).decode()).startswith(".so "):
            continue
        named = re.search(r'\.SH "?NAME"?\n(.*?)(?=\n\.SH )(.*)', page, re.DOTALL)
        title, dash, purpose = _unset(named[1]).partition(" - ") if named else ("", "", "")
        if named and dash:
            id = judged.add(title, _unset(named[2]))
            if len(purpose.split()) >= 3:
                judged.ask(purpose, {id: 1})
    return judged.some_queries()


SETS: dict[str, Callable[[Path], Judged]] = {made.__name__: made for made in (lee, bookmarks, foldoc, wordnet, manuals)}


def _first_sentence(text: str) -> tuple[str, str]:
    first, end, rest = re.match(r"(.*?)([.!?](?=\s)|$)\s*(.*)", text, re.DOTALL).groups()
    return first + end, rest


def _number(written: str) -> int:
    """Read a number as dictd writes it, to the base of 64."""
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    value = 0
    for digit in written:
        value = value * 64 + digits.index(digit)
    return value


def _unset(page: str) -> str:
    """Take the typesetting out of a page of the manual, roughly."""
    page = re.sub(r'^[.\']\\".*$|^\.\w\w? ?', "", page, flags=re.MULTILINE)
    page = re.sub(r"\\f[A-Z]|\\f\(\w\w|\\&", "", page).replace("\\-", "-").replace("\\", "")
    return " ".join(page.replace('"', "").split())


# -- engines


def ours(judged: Judged, folder: Path) -> dict[str, list[str]]:
    """Search with the product."""
    documents, queries, out = (folder / name for name in ("documents.jsonl", "queries.jsonl", "run.jsonl"))
    _write(documents, judged.documents)
    _write(queries, [{"id": id, "text": text} for id, text in judged.queries.items()])
    evaluate(documents, queries, out, read=reading_without_choices())
    return {run["query"]: run["docs"] for run in map(json.loads, out.read_text().splitlines())}


def native_whoosh(judged: Judged, folder: Path) -> dict[str, list[str]]:
    """Search with Whoosh as it comes."""
    text = fields.TEXT(analyzer=StemmingAnalyzer())
    (folder / "whoosh").mkdir()
    made = index.create_in(folder / "whoosh", fields.Schema(id=fields.ID(stored=True), title=text, body=text))
    writer = made.writer(limitmb=128)
    for document in judged.documents:
        writer.add_document(id=document["id"], title=document["title"], body=document["description"])
    writer.commit()
    parser = qparser.MultifieldParser(["title", "body"], made.schema, plugins=[], group=qparser.OrGroup)
    with made.searcher() as searcher:
        return {
            id: [hit["id"] for hit in searcher.search(parser.parse(" ".join(_words(query))), limit=RESULTS)]
            for id, query in judged.queries.items()
        }


def fts5(judged: Judged, _folder: Path) -> dict[str, list[str]]:
    """Search with SQLite."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE documents USING fts5(id UNINDEXED, title, body, tokenize = 'porter')")
    database.executemany("INSERT INTO documents VALUES (:id, :title, :description)", judged.documents)
    asked = "SELECT id FROM documents WHERE documents MATCH ? ORDER BY bm25(documents) LIMIT ?"
    found = {
        id: [row[0] for row in database.execute(asked, (" OR ".join(f'"{word}"' for word in words), RESULTS))]
        for id, query in judged.queries.items()
        if (words := _words(query))
    }
    database.close()
    return found


ENGINES = {"Way In": ours, "native Whoosh": native_whoosh, "SQLite FTS5": fts5}


def _words(query: str) -> list[str]:
    return re.findall(r"\w+", query)


def _write(file: Path, rows: Sequence[Mapping[str, object]]) -> None:
    with file.open("w", encoding="utf-8") as written:
        written.writelines(f"{json.dumps(row)}\n" for row in rows)


# -- measuring


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS))
    options.add_argument("--folder", type=Path, help="Where packages and sets are kept for the next time.")
    chosen = options.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 120)
    table = Table(title=f"nDCG@10; the target is to be within {TARGET} of the best")
    for heading in ("set", "documents", "queries", *ENGINES, "to the better peer", "target"):
        table.add_column(heading, justify="left" if heading == "set" else "right")
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.folder or Path(scratch)
        for name in chosen.sets:
            try:
                with console.status(f"Measuring {name}"):
                    table.add_row(name, *_measured(SETS[name](folder), folder / name))
            except Missing as problem:
                table.add_row(name, "left out")
                console.print(f"{name}: {problem}")
    console.print(table)


def _measured(judged: Judged, folder: Path) -> Iterator[str]:
    """Give the cells of a row."""
    folder.mkdir(exist_ok=True)
    _write(
        folder / "judgements.jsonl",
        [
            {"query": query, "doc": document, "grade": grade}
            for query, grades in judged.grades.items()
            for document, grade in grades.items()
        ],
    )
    judgements = read_judgements(folder / "judgements.jsonl")
    scores: list[list[float]] = []
    for search in ENGINES.values():
        with tempfile.TemporaryDirectory() as scratch:
            found = search(judged, folder if search is ours else Path(scratch))
        scores.append([measure(found.get(query, []), grades).ndcg_at_10 for query, grades in judgements.items()])
    mine, best = scores[0], max(scores[1:], key=statistics.fmean)
    ahead = [one - other for one, other in zip(mine, best, strict=True)]
    distance, margin = statistics.fmean(ahead), 1.96 * statistics.stdev(ahead) / math.sqrt(len(ahead))
    yield from (
        f"{len(judged.documents):,}",
        f"{len(judged.queries):,}",
        *(f"{statistics.fmean(s):.3f}" for s in scores),
    )
    yield f"{distance:+.3f} ± {margin:.3f}"
    yield "met" if distance >= -TARGET else "missed"


if __name__ == "__main__":
    main()
