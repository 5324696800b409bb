"""What a change to synonyms or skill areas would do to searches: golden queries, and what examples find."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from directory.catalogue.models import Opportunity, Skill
from directory.catalogue.queries import public_count, public_slugs
from directory.catalogue.skills import Filed, SkillChange, SkillSaid, skill_by_slug
from directory.catalogue.synonyms import SynonymChange, SynonymSaid
from directory.search.asking import Asking
from directory.search.document import SearchDocument
from directory.search.engine import Question, SearchPage
from directory.search.engines.memory import MemoryEngine
from directory.search.facets import SKILL
from directory.search.golden import Compared, GoldenQuery, compare
from directory.search.indexing import documents
from directory.search.language import Term, TextQuery, phrase
from directory.search.living import entries_of, kept_synonyms, vocabulary_of
from directory.search.queries import names_of_open_facets
from directory.search.query import SearchQuery
from directory.search.wording import Naming

MOST_EXAMPLES = 12
# Of more listings a trial index would take too long to make while somebody waits.
MOST_LISTINGS_TRIED = 1_000


@dataclass(frozen=True, slots=True)
class Example:
    """How many listings have all the words of a search, before and after."""

    typed: str
    before: int
    after: int

    @property
    def changes(self) -> bool:
        """Say whether it finds more or fewer than before."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does. ``compared`` is None when the catalogue is too large to try it out."""

    compared: Compared | None
    examples: tuple[Example, ...]

    @property
    def breaks(self) -> tuple[str, ...]:
        """Name the golden queries that would no longer pass."""
        return tuple(one.typed for one in self.compared.broken) if self.compared else ()

    @property
    def recorded(self) -> Mapping[str, Sequence[str]]:
        """Give what the record of the change tells of it."""
        mended = self.compared.mended if self.compared else ()
        return {"breaks": list(self.breaks), "mends": list(mended)} if self.breaks or mended else {}


@dataclass(frozen=True, slots=True)
class Use:
    """How many public listings say a phrase, open or not, and how many a search for it finds."""

    phrase: str
    said: int
    found: int


def effect_of_synonym(
    asking: Asking, queries: Iterable[GoldenQuery], change: SynonymChange, before: SynonymSaid | None
) -> Effect:
    """Try a changed synonym out on everything else as it is in the database now."""
    kept, known = kept_synonyms(asking.session), asking.interpreter.vocabulary
    to = (change.to.words, change.to.finds) if change.to else None
    as_it_is = vocabulary_of(entries_of(kept), known)
    changed = vocabulary_of(entries_of(kept, (change.id, to)), known)
    phrases = [one for said in (before, change.to) if said for one in (*said.words, *said.finds)]
    sides = [replace(asking, interpreter=replace(asking.interpreter, vocabulary=one)) for one in (as_it_is, changed)]
    return _effect(_Side(sides[0]), _Side(sides[1]), queries, phrases)


def effect_of_skill(
    asking: Asking, queries: Iterable[GoldenQuery], change: SkillChange, before: SkillSaid | None
) -> Effect:
    """Try a changed skill area out on an index of its own, with the listings as they would then read."""
    session = asking.session
    if public_count(session) > MOST_LISTINGS_TRIED:
        return Effect(None, ())
    engine = _Trial()
    engine.replace_all(_documents(session, change))
    interpreter = replace(asking.interpreter, naming=_naming(session, change), is_called=engine.is_called)
    after = replace(asking, engine=engine, interpreter=interpreter)
    phrases = [one for said in (before, change.to) if said for one in (said.name, *said.also)]
    return _effect(_Side(asking), _Side(after), queries, phrases)


def uses(asking: Asking, phrases: Iterable[str]) -> Iterator[Use]:
    """Count the listings that say each phrase and those that it finds."""
    for one in phrases:
        words = phrase(one)
        said = asking.briefly(Question(text=TextQuery((Term((words,)),)), few=0)) if words else None
        shown = asking.answer(SearchQuery().with_text(one)).page
        yield Use(one, said.total + said.not_running if said else 0, shown.with_all_words)


class _Trial(MemoryEngine):
    """The exact twin, filled once, so that its words are counted once."""

    _counted: Mapping[str, int] | None = None

    def words(self) -> Mapping[str, int]:
        self._counted = self._counted or super().words()
        return self._counted


@dataclass(slots=True)
class _Side:
    """Searches as they are answered on one side of a change, each asked once."""

    asking: Asking
    pages: dict[str, SearchPage] = field(default_factory=dict)

    def page(self, typed: str) -> SearchPage:
        if typed not in self.pages:
            self.pages[typed] = self.asking.shown(SearchQuery().with_text(typed))
        return self.pages[typed]


def _effect(before: _Side, after: _Side, queries: Iterable[GoldenQuery], phrases: Iterable[str]) -> Effect:
    slugs = public_slugs(before.asking.session)

    def shown(side: _Side, typed: str) -> list[str]:
        return [slugs[id] for id in side.page(typed).ids if id in slugs]

    compared = compare(
        queries, set(slugs.values()), lambda typed: shown(before, typed), lambda typed: shown(after, typed)
    )

    def example(typed: str) -> Example:
        return Example(typed, *(side.page(typed).with_all_words for side in (before, after)))

    own = {one.casefold(): example(one) for one in phrases}
    others = [one for typed in before.pages if typed.casefold() not in own and (one := example(typed)).changes]
    return Effect(compared, tuple([*own.values(), *others][:MOST_EXAMPLES]))


def _documents(session: Session, change: SkillChange) -> list[SearchDocument]:
    """Read every listing as it would be with the change; nothing of it reaches the database."""
    with Session(session.connection(), autoflush=False, join_transaction_mode="rollback_only") as trying:
        row, into = skill_by_slug(trying, change.slug), skill_by_slug(trying, change.into)
        back = change.takes or Filed("")
        if row and change.to:
            row.name, row.also = change.to.name, list(change.to.also)
        elif change.to:
            row = Skill(slug=change.slug, name=change.to.name, also=list(change.to.also))

        def as_changed(listing: Opportunity) -> None:
            if row and not change.to and row in listing.skills:
                listing.skills = [skill for skill in listing.skills if skill not in (row, into)]
                listing.skills += [into] if into else []
            if row and listing.id in (*back.instead, *back.both):
                gone = back.under if listing.id in back.instead else ""
                listing.skills = [*(skill for skill in listing.skills if skill.slug != gone), row]

        return documents(trying, public_slugs(session), set(), as_changed)


def _naming(session: Session, change: SkillChange) -> Naming:
    names = {facet: dict(values) for facet, values in names_of_open_facets(session).items()}
    if change.to and change.slug:
        names[SKILL][change.slug] = change.to.name
    elif not change.to:
        names[SKILL].pop(change.slug, None)
    return Naming(names)
