"""Ask an engine what somebody means, and put the spelling right: all of a search but what a page says about it."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from directory.catalogue.skills import merged_into
from directory.places.gazetteer import Gazetteer
from directory.search import wording
from directory.search.engine import FEW, Question, SearchEngine, SearchPage
from directory.search.facets import SKILL
from directory.search.indexing import ask
from directory.search.interpreting import Interpretation, Interpreter
from directory.search.queries import names_of_open_facets
from directory.search.query import SearchQuery
from directory.search.reading import Vocabulary
from directory.search.spelling import corrected
from directory.search.views import Link


@dataclass(frozen=True, slots=True)
class Answer:
    """A search as it is meant, and what an engine says to that."""

    meant: Interpretation
    page: SearchPage

    @property
    def may_be_misspelt(self) -> bool:
        """Say whether there are words to doubt: few listings have them all, and nobody insists on them."""
        asked = self.meant.asked
        return bool(asked.text) and not asked.literal and self.page.with_all_words < FEW


@dataclass(frozen=True, slots=True)
class Asking:
    """All that answers questions at one moment."""

    session: Session
    engine: SearchEngine
    interpreter: Interpreter
    now: datetime

    @classmethod
    def of(
        cls, session: Session, engine: SearchEngine, gazetteer: Gazetteer, vocabulary: Vocabulary, now: datetime
    ) -> "Asking":
        """Make it of what the product knows."""
        naming = wording.Naming(names_of_open_facets(session))
        return cls(session, engine, Interpreter(vocabulary, gazetteer, naming, engine.is_called), now)

    def answer(self, query: SearchQuery, *, counting: bool = True) -> Answer:
        """Answer a search as it is spelt."""
        meant = self.interpreter.interpret(self._as_merged(query))
        question = replace(meant.question(meant.query), counting=counting)
        return Answer(meant, ask(self.session, self.engine, question, self.now))

    def shown(self, query: SearchQuery) -> SearchPage:
        """Give the listings that a search shows, put right where need be, and no counts beside choices."""
        answer = self.answer(query, counting=False)
        better = self.put_right(answer)
        return self.shown(answer.meant.asked.with_text(better)) if better else answer.page

    def sentence(self, meant: Interpretation) -> str:
        """Read a search back; words that are all choices are said as those."""
        says_words = bool(meant.text) and not meant.is_all_read
        return wording.sentence(
            meant.query if says_words else meant.query.with_text(""), meant.place, self.interpreter.naming
        )

    def briefly(self, question: Question) -> SearchPage:
        """Ask for ids and totals only."""
        return ask(self.session, self.engine, replace(question, counting=False), self.now)

    def _as_merged(self, query: SearchQuery) -> SearchQuery:
        """Choose, in the place of a skill area that was merged, the one its listings went to: old addresses go on."""
        chosen, there = query.chosen(SKILL), self.interpreter.naming.names(SKILL)
        if all(slug in there for slug in chosen):
            return query
        went = merged_into(self.session)
        return query.with_choices(SKILL, dict.fromkeys(went.get(slug, slug) for slug in chosen)).with_page(query.page)

    def put_right(self, answer: Answer) -> str | None:
        """Give what this must be answered as instead: nothing has its words, and something has better spelt ones."""
        asked = answer.meant.asked
        better = self._corrected(answer) if answer.may_be_misspelt else None

        def as_read(text: str) -> int:
            other = self.interpreter.interpret(asked.only_text(text))
            return self.briefly(other.question(other.query)).with_all_words

        def anywhere(text: str) -> int:
            return self.briefly(Question(text=self.interpreter.interpret(asked.only_text(text)).text)).with_all_words

        finds_more = better and any(not found_by(asked.text) and found_by(better) for found_by in (as_read, anywhere))
        return better if finds_more else None

    def better_spelling(self, answer: Answer) -> Link | None:
        """Give a spelling to offer, which finds more."""
        better = self._corrected(answer, doubting=True) if answer.may_be_misspelt else None
        if not better:
            return None
        other = self.interpreter.interpret(answer.meant.asked.with_text(better))
        found = self.briefly(other.question(other.query)).with_all_words
        return Link(better, other.asked) if found > answer.page.with_all_words else None

    def _corrected(self, answer: Answer, *, doubting: bool = False) -> str | None:
        return corrected(
            answer.meant.asked.text,
            self.engine.words(),
            self.interpreter.vocabulary.meanings,
            understood=[one.words for one in answer.meant.readings],
            doubting=doubting,
        )
