"""A turn is one process's at a time, is never stale, and can be asked for."""

import subprocess
import sys
import threading
import time
from pathlib import Path

from directory.foundation.turn import Turn

HOLDING = """
import sys
from pathlib import Path
from directory.foundation.turn import Turn
turn = Turn(Path(sys.argv[1]))
print(turn.take(), flush=True)
sys.stdin.read()
"""


def test_only_one_has_it(tmp_path: Path) -> None:
    first, second = Turn(tmp_path / "turn"), Turn(tmp_path / "turn")
    assert not second.is_taken()
    assert first.take()
    assert (first.is_taken(), second.is_taken(), second.take()) == (True, True, False)
    first.give_back()
    assert second.take()
    second.give_back()


def test_the_turn_of_a_killed_process_is_free(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDING, str(tmp_path / "turn")]
    turn = Turn(tmp_path / "turn")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout and holder.stdout.readline() == "True\n"
        assert turn.is_taken()
        holder.kill()
        holder.wait()
        assert turn.take()
        turn.give_back()


def test_whoever_asks_has_it_until_done(tmp_path: Path) -> None:
    holder, asking = Turn(tmp_path / "turn"), Turn(tmp_path / "turn")
    assert holder.take()

    def hold() -> None:
        while not holder.is_wished_for():
            time.sleep(0.01)
        holder.give_way()

    holding = threading.Thread(target=hold)
    holding.start()
    with asking.asked_for(seconds=20) as taken:
        assert taken
        holding.join()
        assert not holder.take()
        assert not holder.is_wished_for()
    assert holder.take()
    holder.give_back()


def test_who_asks_in_vain_is_told_and_asks_no_longer(tmp_path: Path) -> None:
    holder, asking = Turn(tmp_path / "turn"), Turn(tmp_path / "turn")
    assert holder.take()
    with asking.asked_for(seconds=0.2) as taken:
        assert not taken
    assert not holder.is_wished_for()
    holder.give_back()
