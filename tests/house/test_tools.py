"""The tools that read the whole project agree with it: style, types and the direction of imports."""

import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent.parent
TOOLS = {
    "the style is ours": ["ruff", "check", "--no-cache", "."],
    "the form is ours": ["ruff", "format", "--no-cache", "--check", "."],
    "the types hold": ["mypy"],
    "arrows point down": ["lint-imports", "--no-cache"],
}


@pytest.mark.parametrize("command", TOOLS.values(), ids=TOOLS.keys())
def test_a_tool_has_nothing_to_say(command: list[str]) -> None:
    tool = Path(sys.executable).parent / command[0]
    done = subprocess.run([tool, *command[1:]], cwd=HOUSE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
