"""How well the product's own search finds what people judged relevant, on any documents and queries: ``evaluate``.

Documents and queries come a line each, as JSON. They are indexed in a scratch folder and searched as the product does
it, with its analysis, weights and order, so that what is measured is what visitors get.
"""

import json
import math
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, NoReturn

from directory.catalogue.timing import Schedule
from directory.foundation import clock
from directory.foundation.progress import Steps, quietly
from directory.foundation.refusals import Refusal
from directory.search.document import BODY, FIELDS, ORGANISATION_NAME, SearchDocument
from directory.search.engine import Question, SearchEngine
from directory.search.facets import FACETS
from directory.search.language import TextQuery, name_key, read
from directory.search.query import Sort
from directory.search.standard import set_apart, standard_sentences

RESULTS = 100
FIRST_PAGE = 10
HIGHEST_GRADE = 1000
LONGEST_GRADE = 10  # characters

# Where each part of a document stands in a listing; all other text is body.
PARTS = {"title": "title", "organisation": "organisation", "location": "facts"}

Grades = Mapping[str, int]
Reading = Callable[[str], TextQuery]


class Unusable(Refusal):
    """A file that can't be evaluated; the sentence names the file, the line and what is wrong."""


@dataclass(frozen=True, slots=True)
class Quality:
    """What the results of one query are worth, or the means of many; each from 0 to 1.

    Gains are the grades themselves, discounted by log2(rank + 1), as trec_eval's ndcg_cut has it; whatever has a grade
    above 0 is relevant, and what nobody judged isn't.
    """

    ndcg_at_10: float
    precision_at_10: float
    reciprocal_rank: float
    recall_at_100: float


@dataclass(slots=True)
class Evaluation:
    """What an evaluation did. ``quality`` holds the means over ``judged`` queries; None without judgements."""

    documents: int
    queries: int
    judged: int = 0
    quality: Quality | None = None


def evaluate(
    documents: Path,
    queries: Path,
    out: Path,
    qrels: Path | None = None,
    *,
    read: Reading = read,
    steps: Steps = quietly,
) -> Evaluation:
    """Write the results of every query to ``out``, a line each, and measure them by ``qrels`` if there are any.

    Queries without a relevant document are in no mean. Raises Unusable before anything is indexed, except over a bad
    document.
    """
    asked = list(_queries(queries))
    judgements = read_judgements(qrels) if qrels else {}
    _keep_apart(out, [documents, queries, *([qrels] if qrels else [])])
    found: list[Quality] = []
    with tempfile.TemporaryDirectory(prefix="wayin-evaluate-") as scratch, _writing(out) as written:
        collection = Collection(documents, _engine(Path(scratch)))
        with steps("Searching") as progress:
            for done, query in enumerate(asked, 1):
                results = collection.search(read(query.text))
                written(f'{{"query": {query.id}, "docs": [{", ".join(results)}]}}\n')
                grades = judgements.get(_key(query.id), {})
                if any(grade > 0 for grade in grades.values()):
                    found.append(measure([_key(id) for id in results], grades))
                progress(done, len(asked))
    return Evaluation(len(collection), len(asked), len(found), means(found))


class Collection:
    """The documents of a file, indexed; they go by their ids as the file spells them in JSON."""

    def __init__(self, file: Path, engine: SearchEngine) -> None:
        self._file = file
        self._ids: list[str] = []
        self._engine = engine
        self._now = clock.now()
        engine.replace_all(self._documents())

    def __len__(self) -> int:
        return len(self._ids)

    def search(self, text: TextQuery) -> list[str]:
        """Give the ids of the best hundred, best first: with all the words, then with some.

        Words that are filters narrow nothing here, so what has none of the words isn't found by them.
        """
        if not text:
            return []
        best = self._numbers(text, RESULTS)
        if text.required != text.terms:
            every_word = replace(text, terms=tuple(replace(term, required=True) for term in text.terms))
            with_some = set(self._numbers(every_word, len(self)))
            best = [number for number in best if number in with_some]
        return [self._ids[number - 1] for number in best]

    def _numbers(self, text: TextQuery, most: int) -> Sequence[int]:
        question = Question(text=text, sort=Sort.BEST, size=most, few=most, counting=False)
        return self._engine.search(question, self._now).ids

    def _documents(self) -> Iterator[SearchDocument]:
        standard = standard_sentences((texts[ORGANISATION_NAME], texts[BODY]) for _line, texts in self._texts())
        for line, texts in self._texts():
            title = line.text("title")
            self._ids.append(line.id)
            document = SearchDocument(
                id=len(self._ids),
                title=title,
                names=tuple(filter(None, [name_key(title)])),
                texts=texts,
                values={facet.name: () for facet in FACETS if facet.of},
                points=(),
                reach=frozenset(),
                schedule=Schedule(),
                published_at=self._now,
            )
            yield set_apart(document, standard.get(texts[ORGANISATION_NAME], ()))
        if not self._ids:
            raise Unusable(f"{self._file} holds no documents: it must have one on each line, as JSON.")

    def _texts(self) -> Iterator[tuple["_Line", tuple[str, ...]]]:
        for line in _distinct(self._file):
            parts: dict[str, list[str]] = {}
            for name, value in line.values.items():
                if isinstance(value, str) and not isinstance(value, _Number) and name != "id":
                    parts.setdefault(PARTS.get(name, "body"), []).append(value)
            yield line, tuple(". ".join(filter(None, parts.get(field.name, ()))) for field in FIELDS)


def measure(results: Sequence[str], grades: Grades) -> Quality:
    """Measure the results of one query, best first, by the grades of its documents, of which one must be relevant."""
    gains = [max(grades.get(id, 0), 0) for id in results[:RESULTS]]
    ideal = sorted((grade for grade in grades.values() if grade > 0), reverse=True)
    first = next((rank for rank, gain in enumerate(gains, 1) if gain), 0)
    return Quality(
        ndcg_at_10=_discounted(gains[:FIRST_PAGE]) / _discounted(ideal[:FIRST_PAGE]),
        precision_at_10=sum(gain > 0 for gain in gains[:FIRST_PAGE]) / FIRST_PAGE,
        reciprocal_rank=1 / first if first else 0.0,
        recall_at_100=sum(gain > 0 for gain in gains) / len(ideal),
    )


def means(found: Sequence[Quality]) -> Quality | None:
    """Average over queries; None when there are none."""
    if not found:
        return None
    return Quality(*(math.fsum(getattr(one, mean.name) for one in found) / len(found) for mean in fields(Quality)))


def read_judgements(file: Path) -> dict[str, dict[str, int]]:
    """Read the grades of documents by query: TREC's four columns, or JSON with query, doc and grade.

    A pair judged twice counts by its better grade.
    """
    judged: dict[str, dict[str, int]] = {}
    for at, text in _lines(file):
        query, document, grade = _judgement(at, text)
        grades = judged.setdefault(query, {})
        grades[document] = max(grade, grades.get(document, grade))
    if not judged:
        raise Unusable(f"{file} holds no judgements.")
    return judged


def _engine(folder: Path) -> SearchEngine:
    """Make the engine that the product has by default. It is loaded here, since few commands evaluate."""
    from directory.search.engines.whoosh import WhooshEngine

    return WhooshEngine(folder)


def _discounted(gains: Iterable[int]) -> float:
    return math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


@dataclass(frozen=True, slots=True)
class _Query:
    id: str
    text: str


class _Number(str):
    """A number as it was spelt, so that an id comes out as it went in."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class _At:
    """A line of a file, to complain about."""

    file: Path
    number: int

    def refuse(self, problem: str) -> NoReturn:
        raise Unusable(f"{self.file}, line {self.number}: {problem}")


@dataclass(frozen=True, slots=True)
class _Line:
    """One JSON object of a file. ``id`` is spelt as JSON."""

    at: _At
    values: Mapping[str, Any]
    id: str = field(default="")

    def text(self, name: str) -> str:
        value = self.values.get(name)
        if not isinstance(value, str) or isinstance(value, _Number):
            self.at.refuse(f'"{name}" must be there and be text.')
        return value


def _queries(file: Path) -> Iterator[_Query]:
    empty = True
    for line in _distinct(file):
        empty = False
        yield _Query(line.id, line.text("text"))
    if empty:
        raise Unusable(f"{file} holds no queries: it must have one on each line, as JSON.")


def _distinct(file: Path) -> Iterator[_Line]:
    """Give the objects of a file, each with an id of its own; 7 and "7" are one id, for judgements can't tell them."""
    seen: dict[str, int] = {}
    for at, text in _lines(file):
        values = _object(at, text)
        if not isinstance(values.get("id"), str) or values["id"] == "":
            at.refuse('"id" must be there and be text or a number.')
        id = _spelt(values["id"])
        if (before := seen.setdefault(_key(id), at.number)) != at.number:
            at.refuse(f"the id {id} is that of line {before} too.")
        yield _Line(at, values, id)


def _judgement(at: _At, text: str) -> tuple[str, str, int]:
    if text.startswith("{"):
        values = _object(at, text)
        parts = [values.get(name) for name in ("query", "doc", "grade")]
        if not all(isinstance(part, str) for part in parts):
            at.refuse('"query", "doc" and "grade" must all be there.')
        query, document, grade = map(str, parts)
    else:
        columns = text.split()
        if len(columns) != 4:
            at.refuse("a judgement is four columns (query, 0, document, grade) or a JSON object.")
        query, _, document, grade = columns
    try:
        read = int(grade[:LONGEST_GRADE])
    except ValueError:
        read = HIGHEST_GRADE + 1
    if abs(read) > HIGHEST_GRADE:
        at.refuse(f"the grade must be a whole number, not {grade[:40]!r}, and {HIGHEST_GRADE} at most.")
    return query, document, read


def _object(at: _At, text: str) -> dict[str, Any]:
    """Read one JSON object; numbers stay as they are spelt."""
    try:
        values = json.loads(text, parse_int=_Number, parse_float=_Number, parse_constant=_no_number)
    except json.JSONDecodeError as problem:
        at.refuse(f"this isn't JSON ({problem.msg} at character {problem.pos + 1}).")
    except (ValueError, RecursionError):
        at.refuse("this isn't JSON that can be read.")
    if not isinstance(values, dict):
        at.refuse("there must be one JSON object on each line.")
    try:
        json.dumps(values, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        at.refuse("it holds half of a character, which is no text.")
    return values


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _spelt(id: str) -> str:
    return str(id) if isinstance(id, _Number) else json.dumps(id)


def _key(spelt: str) -> str:
    """Give an id as judgements write it."""
    return str(json.loads(spelt)) if spelt.startswith('"') else spelt


def _lines(file: Path) -> Iterator[tuple[_At, str]]:
    """Give the lines that aren't empty."""
    try:
        with file.open("rb") as opened:
            for number, line in enumerate(opened, 1):
                at = _At(file, number)
                try:
                    text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
                except UnicodeDecodeError:
                    at.refuse("this isn't UTF-8 text.")
                if text:
                    yield at, text
    except OSError as problem:
        raise Unusable(f"{file} can't be read: {problem.strerror}.") from problem


def _keep_apart(out: Path, files: Iterable[Path]) -> None:
    for file in files:
        if out.exists() and file.exists() and out.samefile(file):
            raise Unusable(f"{out} is one of the files to read: the results need a file of their own.")


@contextmanager
def _writing(out: Path) -> Iterator[Callable[[str], object]]:
    """Open ``out`` and give what writes a line to it."""

    def write(line: str) -> None:
        try:
            opened.write(line)
        except OSError as problem:
            raise cannot(problem) from problem

    def cannot(problem: OSError) -> Unusable:
        return Unusable(f"{out} can't be written: {problem.strerror}.")

    try:
        opened = out.open("w", encoding="utf-8")
    except OSError as problem:
        raise cannot(problem) from problem
    try:
        yield write
    finally:
        try:
            opened.close()
        except OSError as problem:
            raise cannot(problem) from problem
