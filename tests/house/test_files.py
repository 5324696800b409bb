"""What every file of the house keeps to."""

import ast
import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent.parent
MODULES = sorted(
    file
    for folder in ("directory", "tests", "benchmarks")
    for file in (HOUSE / folder).rglob("*.py")
    if "migrations/versions" not in file.as_posix()
)
TEMPLATES = sorted((HOUSE / "templates").rglob("*.html"))
WRITTEN = [*MODULES, *TEMPLATES, *(HOUSE / "static").rglob("*.css"), *(HOUSE / "static").rglob("*.js")]
LONGEST = 400

# Readers of email know neither our style sheets nor a policy: there, and only there, a style stands where it is used.
IN_EMAIL = {"a style attribute", "an inline style"}

INLINE = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=",
    "an inline style": r"<style\b",
    "an inline script": r"<script\b(?![^>]*\bsrc=)(?![^>]*application/ld\+json)",
    "a javascript address": r"javascript:",
    "unescaped text": r"\|\s*safe\b|autoescape\s+false",
}


def name(file: Path) -> str:
    return file.relative_to(HOUSE).as_posix()


@pytest.mark.parametrize("file", MODULES, ids=name)
def test_a_module_opens_with_what_it_is_for(file: Path) -> None:
    assert ast.get_docstring(ast.parse(file.read_text()))


@pytest.mark.parametrize("file", WRITTEN, ids=name)
def test_a_file_is_short_enough_to_be_about_one_thing(file: Path) -> None:
    assert len(file.read_text().splitlines()) <= LONGEST


@pytest.mark.parametrize("file", TEMPLATES, ids=name)
def test_a_template_has_nothing_the_browser_would_refuse(file: Path) -> None:
    text = re.sub(r"{#.*?#}", "", file.read_text(), flags=re.DOTALL)
    fine = IN_EMAIL if file.parent == HOUSE / "templates" / "emails" else set()
    assert [words for words, pattern in INLINE.items() if words not in fine and re.search(pattern, text)] == []


def test_email_is_painted_with_our_colours_and_fetches_nothing() -> None:
    colours = set(re.findall(r"#[0-9a-f]{6}\b", (HOUSE / "static" / "css" / "tokens.css").read_text()))
    for file in (HOUSE / "templates" / "emails").rglob("*.html"):
        text = file.read_text()
        assert set(re.findall(r"#[0-9a-f]{3,8}\b", text)) <= colours, name(file)
        assert re.search(r"<img|<link|url\(|@import|\ssrc\s*=|\sbackground\s*=", text) is None, name(file)


def test_only_tokens_hold_colours() -> None:
    colour = re.compile(r"#[0-9a-f]{3,8}\b(?![\w-])|\b(?:rgb|hsl|oklch|oklab)a?\(", re.IGNORECASE)
    for file in (HOUSE / "static" / "css").rglob("*.css"):
        if file.name not in ("tokens.css", "print.css"):
            text = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", file.read_text(), flags=re.DOTALL)
            assert colour.search(text) is None, name(file)


def test_no_module_is_named_for_nothing_in_particular() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    assert [name(file) for file in MODULES if file.stem in vague] == []
