"""The index on disk: lost, damaged, of another shape, or being written by somebody else, it is never an error."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy.orm import Session
from whoosh import index

from directory.catalogue.actions import amend
from directory.foundation.database import session_maker
from directory.search.document import SHAPE
from directory.search.engine import IndexBusy, IndexMissing, Question
from directory.search.engines.whoosh import WhooshEngine, writing
from directory.search.engines.whoosh.manifest import Manifest
from directory.search.engines.whoosh.schema import WORDS
from directory.search.engines.whoosh.segment import Segment
from directory.search.indexing import catch_up, status
from directory.search.language import read
from directory.search.standing_in import Attended
from tests.contracts.listings import NOW, listing
from tests.search.conftest import Publish

LAB = Question(text=read("lab"))


def wait_for(true: Callable[[], bool]) -> bool:
    """Ask until it is true, for as long as a slow machine may take."""
    end = time.monotonic() + 20
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file() and "lock" not in path.name.lower())


def test_another_process_finds_what_was_kept(tmp_path: Path) -> None:
    WhooshEngine(tmp_path).replace_all([listing(1, "Lab")])
    assert WhooshEngine(tmp_path).search(LAB, NOW).ids == (1,)


def test_readers_notice_a_new_index_by_themselves(tmp_path: Path) -> None:
    writer, reader = WhooshEngine(tmp_path), WhooshEngine(tmp_path)
    writer.replace_all([listing(1, "Lab")])
    assert reader.search(LAB, NOW).ids == (1,)
    writer.apply([listing(2, "Lab")], [])
    assert wait_for(lambda: reader.search(LAB, NOW).ids == (1, 2))
    writer.replace_all([listing(3, "Lab")])
    assert wait_for(lambda: reader.search(LAB, NOW).ids == (3,))


def test_whoever_writes_sees_the_change_at_once(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    engine.replace_all([listing(1, "Lab")], sequence=3)
    engine.apply([listing(2, "Lab")], [], sequence=5)
    assert engine.search(LAB, NOW).ids == (1, 2)
    assert engine.status().sequence == 5


def test_answering_loads_no_whoosh(tmp_path: Path) -> None:
    WhooshEngine(tmp_path).replace_all([listing(1, "Lab")])
    asking = f"""
import sys
from pathlib import Path
from directory.search.engines.whoosh import WhooshEngine
from tests.search.test_whoosh_folder import LAB, NOW
for name in [name for name in sys.modules if name.split(".")[0] == "whoosh" or name.endswith("whoosh.writing")]:
    del sys.modules[name]
assert WhooshEngine(Path({str(tmp_path)!r})).search(LAB, NOW).ids == (1,)
assert not [name for name in sys.modules if name.split(".")[0] == "whoosh"]
"""
    subprocess.run([sys.executable, "-c", asking], check=True)


def test_many_changes_keep_segments_few_and_every_listing_found(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    engine.replace_all(listing(id, f"Lab {id}") for id in range(1, 41))
    for id in range(1, 25):
        engine.apply([listing(id, f"Lab {id} again")], [id + 40])
    published = Manifest.read(tmp_path / f"whoosh-{SHAPE}")
    assert len(published.parts) <= writing.MOST_SEGMENTS
    assert set(engine.search(replace(LAB, size=100), NOW).ids) == set(range(1, 41))
    assert engine.search(Question(text=read("again")), NOW).total == 24


def test_what_is_decoded_is_what_whoosh_itself_reads(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    engine.replace_all(listing(id, "Gene therapy " * (id % 3), "lab work " * (id % 200)) for id in range(300))
    build = next((tmp_path / f"whoosh-{SHAPE}").glob("0*"))
    segment = Segment(build, Manifest.read(build.parent).parts[0])
    reader = index.open_dir(str(build / writing.SOURCES)).reader()
    tokens = [token for field, token in reader.all_terms() if field == WORDS]
    assert segment.facts["tokens"].tolist() == tokens
    for number, token in enumerate(tokens):
        matcher = reader.postings(WORDS, token)
        read_by_whoosh = []
        while matcher.is_active():
            places = matcher.format.decode_positions(matcher.value())
            read_by_whoosh.append((matcher.id(), int(matcher.weight()), places))
            matcher.next()
        listings, weights = segment.postings(number)
        standing, places = segment.places(number)
        assert listings.tolist() == [id for id, _weight, _places in read_by_whoosh]
        assert weights.tolist() == [weight for _id, weight, _places in read_by_whoosh]
        assert list(zip(standing.tolist(), places.tolist(), strict=True)) == [
            (id, place) for id, _weight, places in read_by_whoosh for place in places
        ]
    reader.close()


def test_an_index_is_named_after_its_shape_and_others_are_cleared_away(tmp_path: Path) -> None:
    other = tmp_path / "whoosh-othershape"
    other.mkdir()
    WhooshEngine(tmp_path).replace_all([listing(1, "Lab")])
    assert [path.name for path in tmp_path.iterdir()] == [f"whoosh-{SHAPE}"]


def test_old_builds_do_not_pile_up(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    for _ in range(4):
        engine.replace_all([listing(1, "Lab")])
    assert len([path for path in (tmp_path / f"whoosh-{SHAPE}").iterdir() if path.is_dir()]) == 2


def _truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _zero(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


def _flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def _swap(file: Path) -> None:
    file.write_bytes(b"something else altogether")


@pytest.mark.parametrize("damage", [Path.unlink, _truncate, _zero, _flip, _swap])
@pytest.mark.parametrize("number", range(4))
def test_damage_to_any_file_ends_in_the_right_answer(
    publish: Publish, session: Session, tmp_path: Path, damage: Callable[[Path], None], number: int
) -> None:
    row = publish("Lab work")
    publish("Other work")
    catch_up(session, WhooshEngine(tmp_path))
    found = files(tmp_path)
    damage(found[number])
    session.commit()
    engine = Attended(WhooshEngine(tmp_path), session_maker(session.get_bind()))
    assert engine.search(LAB, NOW).total == 1
    assert engine.search(Question(), NOW).total == 2
    amend(session, row, {"title": "Something else"}, NOW)
    publish("More lab work")
    publish("Yet more lab work")
    catch_up(session, engine)
    assert WhooshEngine(tmp_path).search(LAB, NOW).total == 2


def test_while_it_runs_the_last_good_index_goes_on_answering(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    engine.replace_all([listing(1, "Lab")])
    assert engine.search(LAB, NOW).total == 1
    shutil.rmtree(tmp_path)
    assert engine.search(LAB, NOW).total == 1
    assert (engine.status().ready, engine.status().problem) == (False, "no index")


def test_catching_up_mends_what_was_lost(publish: Publish, session: Session, tmp_path: Path) -> None:
    publish("Lab work")
    engine = WhooshEngine(tmp_path)
    catch_up(session, engine)
    shutil.rmtree(tmp_path)
    catch_up(session, engine)
    assert status(session, engine).is_whole
    assert WhooshEngine(tmp_path).count() == 1


def test_a_change_to_a_damaged_index_is_refused_for_a_rebuild(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    engine.replace_all([listing(1, "Lab")])
    for file in files(tmp_path):
        if file.suffix == ".toc":
            _truncate(file)
    with pytest.raises(IndexMissing):
        engine.apply([listing(2)], [])


def test_only_one_writes_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = WhooshEngine(tmp_path)
    engine.replace_all([listing(1, "Lab")])
    monkeypatch.setattr(writing, "SECONDS_TO_WAIT", 0)
    with FileLock(tmp_path / f"whoosh-{SHAPE}" / "writer.lock"), pytest.raises(IndexBusy):
        engine.apply([listing(2)], [])
    engine.apply([listing(2)], [])
    assert engine.count() == 2


def test_a_change_that_a_damaged_index_cannot_take_is_in_the_new_one(
    publish: Publish, session: Session, tmp_path: Path
) -> None:
    row = publish("Lab work")
    catch_up(session, WhooshEngine(tmp_path))
    for file in files(tmp_path):
        if file.suffix == ".toc":
            _truncate(file)
    amend(session, row, {"title": "Clean room"}, NOW)
    engine = WhooshEngine(tmp_path)
    assert engine.search(LAB, NOW).total == 1, "the arrays are sound, only what the next commit rests on is not"
    catch_up(session, engine)
    assert engine.search(LAB, NOW).total == 0
