"""The styles and scripts hang together, and weigh what the design allows."""

import re
from pathlib import Path

import brotli

from directory.web.assets import Assets

HOUSE = Path(__file__).parent.parent.parent
STATIC, COMPONENTS = HOUSE / "static", HOUSE / "templates" / "components"
KB = 1000


def squeezed(*names: str) -> int:
    bodies = {asset.name: asset.body for asset in Assets(STATIC)}
    return sum(len(brotli.compress(bodies[name], quality=5)) for name in names)


def test_the_stylesheet_brings_in_every_file_once() -> None:
    imported = re.findall(r'@import "(.+)";', (STATIC / "css" / "site.css").read_text())
    there = [file.relative_to(STATIC / "css").as_posix() for file in (STATIC / "css").rglob("*.css")]
    assert sorted(imported) == sorted(set(there) - {"site.css"})


def test_every_stylesheet_stays_in_a_layer() -> None:
    for file in (STATIC / "css").rglob("*.css"):
        rules = re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.DOTALL).strip()
        assert rules.startswith("@layer"), file.name


def test_every_behaviour_asked_for_is_there() -> None:
    known = re.search(r"const behaviours = {(.+?)};", (STATIC / "js" / "site.js").read_text(), re.DOTALL)
    assert known is not None
    names = set(re.findall(r"^\s+(\w+)", known[1], re.MULTILINE))
    for file in (HOUSE / "templates").rglob("*.html"):
        for asked in re.findall(r'data-enhance="([^"]+)"', file.read_text()):
            assert set(asked.split()) <= names, file.name


def test_every_component_says_what_it_is() -> None:
    for file in COMPONENTS.glob("*.html"):
        assert file.read_text().startswith("{#- "), file.name


def test_styles_and_scripts_keep_to_their_budget() -> None:
    assert squeezed("css/site.css") <= 12 * KB
    assert squeezed(*(f"js/{file.name}" for file in (STATIC / "js").glob("*.js"))) <= 6 * KB
