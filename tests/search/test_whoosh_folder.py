"""The index on disk: lost, damaged, of another shape, or being written by somebody else, it is never an error."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy.orm import Session

from directory.search.document import SHAPE
from directory.search.engine import IndexBusy, IndexMissing, Question
from directory.search.engines.whoosh import WhooshEngine, folder
from directory.search.indexing import ask, catch_up, status
from directory.search.language import read
from tests.contracts.listings import NOW, listing
from tests.search.conftest import Publish

LAB = Question(text=read("lab"))


def files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file() and "lock" not in path.name.lower())


def test_another_process_finds_what_was_kept(tmp_path: Path) -> None:
    WhooshEngine(tmp_path).replace_all([listing(1, "Lab")])
    assert WhooshEngine(tmp_path).search(LAB, NOW).ids == (1,)


def test_readers_notice_a_new_index_at_once(tmp_path: Path) -> None:
    writer, reader = WhooshEngine(tmp_path), WhooshEngine(tmp_path)
    writer.replace_all([listing(1, "Lab")])
    assert reader.count() == 1
    writer.apply([listing(2, "Lab")], [])
    assert reader.count() == 2
    writer.replace_all([listing(3, "Lab")])
    assert reader.search(LAB, NOW).ids == (3,)


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


@pytest.mark.parametrize("damage", [Path.unlink, _truncate, _zero], ids=["delete", "truncate", "zero"])
@pytest.mark.parametrize("number", range(3))
def test_damage_to_any_file_ends_in_the_right_answer(
    publish: Publish, session: Session, tmp_path: Path, damage: Callable[[Path], None], number: int
) -> None:
    publish("Lab work")
    publish("Other work")
    catch_up(session, WhooshEngine(tmp_path))
    found = files(tmp_path)
    damage(found[number])
    engine = WhooshEngine(tmp_path)
    assert ask(session, engine, LAB, NOW).total == 1
    assert ask(session, engine, Question(), NOW).total == 2


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
    monkeypatch.setattr(folder, "SECONDS_TO_WAIT", 0)
    with FileLock(tmp_path / f"whoosh-{SHAPE}" / "writer.lock"), pytest.raises(IndexBusy):
        engine.apply([listing(2)], [])
    engine.apply([listing(2)], [])
    assert engine.count() == 2
