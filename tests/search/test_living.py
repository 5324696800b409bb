"""Synonyms that somebody edits are in force everywhere within a second, and no trouble with them stops a search."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, delete, event, text
from sqlalchemy.orm import Session

from directory.catalogue.models import Synonym
from directory.catalogue.synonyms import SynonymChange, SynonymSaid, change_synonym
from directory.foundation.database import session_maker
from directory.search import living
from directory.search.language import stems_of
from directory.search.living import LivingVocabulary
from directory.search.reading import Vocabulary
from directory.search.synonyms import meanings_of

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FILES = Vocabulary(meanings_of([(["from the file", "of old"], ())]))


@pytest.fixture
def words(database: Engine) -> LivingVocabulary:
    return LivingVocabulary(session_maker(database), FILES)


def write(session: Session, *words: str, id: int | None = None, finds: tuple[str, ...] = ()) -> int:
    to = SynonymSaid(words, finds) if words else None
    row = change_synonym(session, SynonymChange(id, to), NOW, by=None)
    session.commit()
    return row.id


def known(words: LivingVocabulary, phrase: str) -> bool:
    return stems_of(phrase) in words.now().meanings


def soon(is_so: Callable[[], bool]) -> bool:
    end = time.monotonic() + 2 * living.SECONDS_BETWEEN_LOOKS
    while not is_so() and time.monotonic() < end:
        time.sleep(0.05)
    return is_so()


def test_another_process_sees_an_edit_within_a_second_or_two(words: LivingVocabulary, session: Session) -> None:
    assert known(words, "from the file")
    id = write(session, "bench", "lab")
    assert soon(lambda: known(words, "bench"))
    assert not known(words, "from the file"), "the table counts now"
    write(session, "worktop", "lab", id=id)
    assert soon(lambda: known(words, "worktop") and not known(words, "bench"))
    write(session, id=id)
    assert soon(lambda: not known(words, "worktop"))
    assert not known(words, "from the file"), "somebody removed every synonym, and so there are none"


def test_who_changed_something_sees_it_at_once(words: LivingVocabulary, session: Session) -> None:
    words.now()
    write(session, "bench", "lab")
    assert not known(words, "bench")
    words.look_again()
    assert known(words, "bench")


def test_questions_cost_no_statement_until_a_second_has_passed(words: LivingVocabulary, database: Engine) -> None:
    asked: list[str] = []
    event.listen(database, "before_cursor_execute", lambda _c, _cursor, statement, *_: asked.append(statement))
    for _ in range(100):
        words.now()
    assert len(asked) == 1


def test_words_are_not_read_again_when_nothing_changed(words: LivingVocabulary, session: Session) -> None:
    write(session, "bench", "lab")
    first = words.now()
    words.look_again()
    assert words.now() is first


def test_an_empty_table_leaves_the_files_words_in_force(words: LivingVocabulary, session: Session) -> None:
    session.execute(delete(Synonym))
    session.commit()
    words.look_again()
    assert words.now() is FILES


@pytest.mark.parametrize("damage", ['{"not": "a list"}', "[1, 2]", "null", '"words"', "[["])
def test_a_damaged_row_is_passed_over(words: LivingVocabulary, session: Session, database: Engine, damage: str) -> None:
    write(session, "bench", "lab")
    id = write(session, "damaged", "hurt")
    if damage == "[[" and database.dialect.name != "sqlite":
        pytest.skip("PostgreSQL holds no JSON that isn't any")
    session.execute(text("UPDATE synonym SET words = :damage WHERE id = :id"), {"damage": damage, "id": id})
    session.commit()
    assert known(words, "bench")
    assert not known(words, "damaged")


def test_without_the_table_the_last_words_stay(words: LivingVocabulary, session: Session, database: Engine) -> None:
    write(session, "bench", "lab")
    words.now()
    with database.begin() as connection:
        connection.execute(text("ALTER TABLE synonym RENAME TO lost"))
    try:
        words.look_again()
        assert known(words, "bench")
        assert LivingVocabulary(session_maker(database), FILES).now() is FILES
    finally:
        with database.begin() as connection:
            connection.execute(text("ALTER TABLE lost RENAME TO synonym"))


ELSEWHERE = """
import sys, time
from directory.app import assemble
from directory.foundation.settings import Settings
from directory.search.language import stems_of

parts = assemble(Settings.from_environment({"WAYIN_DATA_FOLDER": sys.argv[1], "WAYIN_DATABASE_URL": sys.argv[2]}))
print(stems_of("worktop") in parts.vocabulary.meanings, flush=True)
sys.stdin.readline()
end = time.monotonic() + 2
while stems_of("worktop") not in parts.vocabulary.meanings and time.monotonic() < end:
    time.sleep(0.05)
print(stems_of("worktop") in parts.vocabulary.meanings, flush=True)
"""


def test_a_process_that_runs_already_takes_an_edit_in(session: Session, database: Engine, tmp_path) -> None:  # type: ignore[no-untyped-def]
    address = database.url.render_as_string(hide_password=False)
    with subprocess.Popen(
        [sys.executable, "-c", ELSEWHERE, str(tmp_path), address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "WAYIN_LOG_LEVEL": "error"},
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "False\n"
        write(session, "worktop", "lab")
        other.stdin.write("\n")
        other.stdin.flush()
        assert other.stdout.readline() == "True\n"
