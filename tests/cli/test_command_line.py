"""The real commands, in processes of their own: what they print, and one sentence when they can't."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

WAYIN = Path(sys.executable).parent / "wayin"


def run(*arguments: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command with its data in ``folder``."""
    return subprocess.run(
        [WAYIN, *arguments],
        env=environment(folder, variables),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def environment(folder: Path, variables: dict[str, str]) -> dict[str, str]:
    clean = {name: text for name, text in os.environ.items() if not name.startswith("WAYIN_")}
    settings = {"WAYIN_DATA_FOLDER": str(folder), "WAYIN_SEARCH_ENGINE": "memory"}
    return clean | settings | {f"WAYIN_{name}": text for name, text in variables.items()}


def refused(done: subprocess.CompletedProcess[str], sentence: str) -> None:
    assert done.returncode != 0
    assert done.stdout == ""
    assert re.search(sentence, done.stderr), done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"PROT": "1"}, "WAYIN_PROT is not a setting. Did you mean WAYIN_PORT"),
        ({"PORT": "http"}, "WAYIN_PORT must be a whole number"),
        ({"ENVIRONMENT": "production"}, "In production WAYIN_SECRET_KEY must be set"),
        ({"HOST": "no.such.host.invalid"}, "no address no.such.host.invalid"),
        (
            {"DATABASE_URL": "postgres://someone:sesame@127.0.0.1:1/wayin"},
            r"someone:\*\*\*@127.0.0.1:1/wayin doesn't answer",
        ),
        ({"DATA_FOLDER": "/dev/null/data"}, "The data folder /dev/null/data can't be written to"),
    ],
)
def test_what_is_wrong_with_the_settings_is_one_sentence(
    tmp_path: Path, free_port: str, variables: dict[str, str], sentence: str
) -> None:
    refused(run("serve", folder=tmp_path, **{"PORT": free_port} | variables), sentence)


def test_a_port_in_use_is_one_sentence(tmp_path: Path, taken_port: str) -> None:
    refused(
        run("--port", taken_port, folder=tmp_path),
        f"Port {taken_port} on 127.0.0.1 can't be used .*--port or WAYIN_PORT",
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["sreve"], "No such command 'sreve'"),
        (["serve", "--prot", "1"], "No such option.*--prot"),
        (["--port", "99999"], "99999 is not in the range"),
        (["benchmark", "nothing"], "There is no benchmark nothing"),
        (["index", "nothing"], "No such command 'nothing'"),
    ],
)
def test_a_slip_of_the_finger_is_one_sentence(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    refused(run(*arguments, folder=tmp_path), sentence)


def test_help_lists_every_command(tmp_path: Path) -> None:
    done = run("help", folder=tmp_path)
    assert done.returncode == 0
    for command in ("serve", "work", "seed", "index", "settings", "health", "mail", "revision", "benchmark", "help"):
        assert re.search(rf"^  {command} ", done.stdout, flags=re.MULTILINE)


def test_the_package_runs_as_a_module_too(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "directory", "help"], capture_output=True, text=True, check=True)
    assert done.stdout == run("help", folder=tmp_path).stdout


def test_the_settings_are_printed_with_secrets_hidden(tmp_path: Path) -> None:
    done = run("settings", folder=tmp_path, SECRET_KEY="x" * 40, SITE_NAME="Way Out")
    assert done.returncode == 0
    assert "Way Out" in done.stdout
    assert "x" * 40 not in done.stdout


def test_it_serves_until_told_to_stop_and_starts_again_with_nothing_to_make(tmp_path: Path, free_port: str) -> None:
    made = []
    for stop in (signal.SIGTERM, signal.SIGINT):
        serving = subprocess.Popen(
            [sys.executable, "-W", "error", "-W", "ignore::ResourceWarning", WAYIN, "--port", free_port],
            env=environment(tmp_path, {}),
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert serving.stdout is not None
        told = serving.stdout.readline()
        assert f"http://127.0.0.1:{free_port}" in told, serving.communicate()
        with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/health") as answer:
            assert answer.status == 200
        serving.send_signal(stop)
        _, complaints = serving.communicate(timeout=60)  # a job may be waiting for the database's lock
        assert serving.returncode == 0
        assert "Traceback" not in complaints
        assert "Warning" not in complaints
        made.append("Loading the catalogue" in complaints)
    assert made == [True, False]


def test_seeding_indexing_and_health_say_what_they_find(tmp_path: Path) -> None:
    assert run("health", folder=tmp_path).returncode == 1
    unprepared = run("index", "status", folder=tmp_path)
    assert (unprepared.returncode, unprepared.stdout) == (1, "")
    assert unprepared.stderr == "The database is not prepared yet. ./run seed prepares it.\n"
    for arguments in (["seed"], ["seed", "--diff"], ["index", "rebuild"], ["index", "status"]):
        done = run(*arguments, folder=tmp_path, SEARCH_ENGINE="whoosh")
        assert done.returncode == 0, done.stderr
        assert done.stdout
    compared = run("index", "reconcile", folder=tmp_path, SEARCH_ENGINE="whoosh")
    assert (compared.returncode, compared.stdout) == (0, "The index says what the database says.\n"), compared.stderr
    assert re.search(r"Comparing: (\d+) of \1$", compared.stderr, flags=re.MULTILINE)
    assert run("health", folder=tmp_path, SEARCH_ENGINE="whoosh").returncode == 0


def test_an_index_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("not a folder")
    done = run("seed", folder=tmp_path, SEARCH_ENGINE="whoosh")
    assert done.returncode == 1
    assert f"The search index at {tmp_path / 'index'} cannot be written" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
