"""The documents say what is so."""

import re
from pathlib import Path

from directory.accounts.models import AccountRole
from directory.cli import command_line
from directory.foundation.settings import describe
from directory.submissions.checks.rates import FILE

RUNNING = (Path(__file__).parent.parent.parent / "docs" / "running.md").read_text()


def test_every_setting_is_told_as_it_is() -> None:
    rows = [
        tuple(cell.strip() for cell in line.strip("|").split(" | "))
        for line in RUNNING.splitlines()
        if "WAYIN_" in line and line.startswith("|")
    ]
    assert rows == [(f"`{knob.variable}`", knob.default, knob.why) for knob in describe()]


def test_every_command_is_told() -> None:
    told = set(re.findall(r"^\| `\./run (\w+)", RUNNING, flags=re.MULTILINE)) - {"test"}
    assert told == set(command_line.commands)


def test_every_role_that_can_be_given_is_told() -> None:
    told = set(re.findall(r"^\| `([a-z]+)` \|", RUNNING, flags=re.MULTILINE))
    assert told == {str(role) for role in AccountRole if role is not AccountRole.MEMBER}


def test_the_table_of_legal_pay_is_told() -> None:
    assert f"seed_data/{FILE}" in RUNNING
