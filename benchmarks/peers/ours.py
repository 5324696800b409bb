"""The product's engine, asked as its pages ask it."""

from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.peers.engine import SIZE, Found
from benchmarks.searching.lexicon import Lexicon
from benchmarks.searching.moment import NOW
from benchmarks.searching.questions import Asked, How
from benchmarks.searching.rows import CODES
from directory.search import language
from directory.search.document import SearchDocument
from directory.search.engine import Question, SearchPage
from directory.search.engines.whoosh import WhooshEngine
from directory.search.language import Alternative, Term, TextQuery

NEVER, ALWAYS = 0, 10**9  # when listings with only some of the words match: a plain AND, a plain OR


class WayIn:
    """Ours. What a beginning or a misspelling may stand for is looked up while the clock runs, as peers do inside."""

    name = "Way In"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.engine = WhooshEngine(folder)

    def build(self, documents: Iterable[SearchDocument]) -> None:
        """Index them all."""
        self.engine.replace_all(documents)

    def open(self) -> None:
        """Open the index anew."""
        self.engine = WhooshEngine(self._folder)
        self.engine.status()

    def prepare(self, asked: Asked, lexicon: Lexicon) -> Callable[[], SearchPage]:
        """Make what is timed."""
        if asked.how in (How.BEGINNING, How.NEAR):
            return lambda: self.engine.search(literal(asked, lexicon), NOW)
        question = literal(asked, lexicon)
        return lambda: self.engine.search(question, NOW)

    def read(self, asked: Asked, answer: SearchPage) -> Found:
        """Make an answer comparable."""
        return Found(
            answer.total,
            answer.ids,
            {
                facet: {CODES[facet][value]: count for value, count in counts.items() if count}
                for facet, counts in answer.counts.items()
            },
        )

    def close(self) -> None:
        """Nothing is open."""


def literal(asked: Asked, lexicon: Lexicon) -> Question:
    """Ask for exactly these tokens, without the product's reading of words."""
    return Question(
        text=TextQuery(tuple(_terms(asked, lexicon))),
        choices=asked.choices,
        sort=asked.sort,
        size=SIZE,
        few=ALWAYS if asked.how is How.ANY else NEVER,
    )


def _terms(asked: Asked, lexicon: Lexicon) -> Iterable[Term]:
    match asked.how:
        case How.PHRASE if phrase := language.phrase(asked.words):
            yield Term((phrase,))
        case How.BEGINNING:
            yield Term(tuple(Alternative((token,)) for token in lexicon.beginning(asked.words)))
        case How.NEAR:
            yield Term(tuple(Alternative((token,)) for token in lexicon.near(asked.tokens[0])))
        case _:
            yield from (Term((Alternative((token,)),)) for token in asked.tokens)
