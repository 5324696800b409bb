"""What a change to the words would do, told before it is made."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalogue.models import Skill, Synonym
from directory.catalogue.skills import SkillChange, SkillSaid
from directory.catalogue.synonyms import SynonymChange, SynonymSaid, change_synonym, said
from directory.parts import Parts
from directory.places import Gazetteer
from directory.search import effects
from directory.search.asking import Asking
from directory.search.effects import Effect, Example, Use, effect_of_skill, effect_of_synonym, uses
from directory.search.engine import SearchEngine
from directory.search.golden import Broken, GoldenQuery, load
from directory.search.indexing import catch_up
from directory.search.reading import Vocabulary
from tests.search.conftest import SEED_DATA, Publish

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
GOLDEN = load(SEED_DATA / "golden_queries.yaml")
QUERIES = (
    GoldenQuery(typed="bench job", all=("bench",)),
    GoldenQuery(typed="worktop job", all=("bench",)),
    GoldenQuery(typed="elsewhere", all=("not-in-this-catalogue",)),
)


@pytest.fixture
def asking(session: Session, publish: Publish, engine: SearchEngine, gazetteer: Gazetteer) -> Asking:
    publish("Laboratory job", slug="bench", skills=("Research",))
    publish("Office job", slug="office", skills=("Quality",))
    publish("Job outdoors", slug="outdoors", skills=("Research", "Quality"))
    publish("Bench press", slug="press")
    for number in range(5):
        publish(f"Bench job {number}", slug=f"withdrawn-{number}", standing="withdrawn")
    catch_up(session, engine)
    session.commit()
    return Asking.of(session, engine, gazetteer, Vocabulary(), NOW)


def write(session: Session, *words: str, finds: tuple[str, ...] = ()) -> Synonym:
    row = change_synonym(session, SynonymChange(None, SynonymSaid(words, finds)), NOW, by=None)
    session.commit()
    return row


def told(effect: Effect) -> tuple[tuple[str, ...], tuple[str, ...], int, int]:
    assert effect.compared is not None
    return effect.breaks, effect.compared.mended, effect.compared.asked, effect.compared.skipped


def test_a_new_synonym_mends_what_it_makes_found(asking: Asking, session: Session) -> None:
    effect = effect_of_synonym(asking, QUERIES, SynonymChange(None, SynonymSaid(("worktop", "laboratory"))), None)
    assert told(effect) == ((), (), 2, 1)  # some words are enough to be shown among so few
    assert Example("worktop", 0, 1) in effect.examples
    assert Example("worktop job", 0, 1) in effect.examples
    assert session.scalars(select(Synonym)).all() == []


def test_removing_a_synonym_breaks_what_rested_on_it(asking: Asking, session: Session) -> None:
    row = write(session, "worktop", "laboratory")
    only = (GoldenQuery(typed="worktop", all=("bench",)),)
    effect = effect_of_synonym(asking, only, SynonymChange(row.id, None), said(row))
    assert told(effect) == (("worktop",), (), 1, 0)
    assert effect.compared is not None
    assert effect.compared.broken == (Broken("worktop", ("bench",)),)
    assert effect.recorded == {"breaks": ["worktop"], "mends": []}
    assert Example("worktop", 1, 0) in effect.examples


def test_the_other_synonyms_stay_in_force_on_both_sides(asking: Asking, session: Session) -> None:
    write(session, "worktop", "laboratory")
    effect = effect_of_synonym(asking, (), SynonymChange(None, SynonymSaid(("desk", "worktop"))), None)
    assert Example("worktop", 1, 1) in effect.examples


def test_a_skill_is_tried_on_listings_as_they_would_read(asking: Asking, session: Session) -> None:
    before = SkillSaid("Research")
    effect = effect_of_skill(asking, QUERIES, SkillChange("research", SkillSaid("Finding out")), before)
    assert effect.examples[:2] == (Example("Research", 2, 0), Example("Finding out", 0, 2))
    merged = effect_of_skill(asking, QUERIES, SkillChange("research", None, into="quality"), before)
    assert merged.examples[0] == Example("Research", 2, 0)
    session.expire_all()
    assert session.scalars(select(Skill.name).order_by(Skill.name)).all() == ["Quality", "Research"]
    assert not session.dirty


def test_a_catalogue_too_large_to_try_is_said_to_be(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effects, "MOST_LISTINGS_TRIED", 1)
    effect = effect_of_skill(asking, QUERIES, SkillChange("research", SkillSaid("Finding out")), None)
    assert effect == Effect(None, ())
    assert effect.breaks == ()


def test_uses_count_who_says_a_phrase_and_what_it_finds(asking: Asking) -> None:
    assert list(uses(asking, ["laboratory job", "lab", "the", "nowhere"])) == [
        Use("laboratory job", 1, 1),
        Use("lab", 1, 1),
        Use("the", 0, 4),
        Use("nowhere", 0, 0),
    ]


def test_every_golden_query_is_asked_of_the_real_catalogue(site: Parts) -> None:
    with site.sessions() as session:
        asking = Asking.of(session, site.search, site.gazetteer, site.vocabulary, NOW)
        row = session.scalars(select(Synonym).order_by(Synonym.id)).first()
        assert row is not None
        effect = effect_of_synonym(asking, GOLDEN, SynonymChange(row.id, None), said(row))
    assert effect.compared is not None
    assert (effect.compared.asked, effect.compared.skipped) == (len(GOLDEN), 0)


def test_golden_queries_answer_as_the_page_does(site: Parts) -> None:
    """A change that changes nothing breaks and mends nothing, though two engines answer."""
    with site.sessions() as session:
        asking = Asking.of(session, site.search, site.gazetteer, site.vocabulary, NOW)
        skill = session.scalars(select(Skill).order_by(Skill.id)).first()
        assert skill is not None
        same = SkillSaid(skill.name, tuple(skill.also))
        effect = effect_of_skill(asking, GOLDEN, SkillChange(skill.slug, same), same)
    assert told(effect) == ((), (), len(GOLDEN), 0)
    assert not any(example.changes for example in effect.examples)
