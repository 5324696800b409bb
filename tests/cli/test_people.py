"""Who may do what, and what is kept of somebody, from the command line."""

import json
from pathlib import Path

from directory.foundation.kept_mail import kept_mail
from tests.cli.test_command_line import refused, run

SAM = "sam@larkfield.example"


def test_people_are_added_listed_and_lose_a_role(tmp_path: Path) -> None:
    added = run("people", "add", " Sam@Larkfield.Example", "--role", "administrator", "--name", "Sam", folder=tmp_path)
    assert added.returncode == 0, added.stderr
    assert f"{SAM} is administrator now" in added.stdout
    assert run("people", "add", SAM, folder=tmp_path).returncode == 0
    assert run("people", "list", folder=tmp_path).stdout == f"{SAM}: administrator, moderator\n"
    refused(run("people", "remove-role", SAM, "adviser", folder=tmp_path), "Nobody with the address .* is adviser")
    refused(run("people", "remove-role", SAM, "administrator", folder=tmp_path), "Somebody must be an administrator")
    assert run("people", "remove-role", SAM, "moderator", folder=tmp_path).returncode == 0
    assert run("people", "list", folder=tmp_path).stdout == f"{SAM}: administrator\n"


def test_what_is_kept_of_somebody_is_printed_and_erased(tmp_path: Path) -> None:
    run("people", "add", SAM, "--name", "Sam Reed", folder=tmp_path)
    told = json.loads(run("people", "export", SAM, folder=tmp_path).stdout)
    assert told["accounts"]["name"] == "Sam Reed"
    unsure = run("people", "erase", SAM, folder=tmp_path)
    assert unsure.returncode != 0
    assert run("people", "list", folder=tmp_path).stdout != ""
    for address in (SAM, "ali@larkfield.example"):
        assert run("mail", "try", address, folder=tmp_path).returncode == 0
    assert run("people", "erase", SAM, "--yes", folder=tmp_path).returncode == 0
    assert [mail.to for mail in kept_mail(tmp_path / "mail")] == ["ali@larkfield.example"]
    assert run("people", "list", folder=tmp_path).stdout == ""
    assert "Sam" not in run("people", "export", SAM, folder=tmp_path).stdout


def test_what_is_no_address_is_one_sentence(tmp_path: Path) -> None:
    refused(run("people", "add", "sam", folder=tmp_path), "sam is not an email address")


def test_where_nothing_was_ever_served_nobody_is_kept(tmp_path: Path) -> None:
    listed = run("people", "list", folder=tmp_path)
    assert (listed.returncode, listed.stdout, listed.stderr) == (0, "", "")
