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


# What a page may load, beside site.css and site.js that all do: on pages where somebody writes, or moderates.
SHEETS = (
    *("css/site.css", "css/form.css", "css/moderation.css", "css/pages/dev_mail.css"),
    *("css/list.css", "css/saved.css", "css/embed.css", "css/paper.css"),
)
SCRIPTS = ("js/site.js", "js/form.js", "js/moderation.js", "js/taking.js")


def imported_by(name: str) -> list[str]:
    return re.findall(r'@import "(.+)";', (STATIC / name).read_text())


def modules_of(name: str) -> set[str]:
    """Give a module and all that it brings in."""
    others = {f"js/{other}" for other in re.findall(r'from "\./(.+?)"', (STATIC / name).read_text())}
    return {name}.union(*(modules_of(other) for other in others))


def test_every_stylesheet_is_brought_in_by_one_that_pages_load() -> None:
    there = {file.relative_to(STATIC).as_posix() for file in (STATIC / "css").rglob("*.css")}
    brought = [f"css/{name}" for sheet in SHEETS for name in imported_by(sheet)]
    assert {*brought, *SHEETS} == there
    assert all(len(set(imported_by(sheet))) == len(imported_by(sheet)) for sheet in SHEETS)


def test_every_stylesheet_stays_in_a_layer() -> None:
    for file in (STATIC / "css").rglob("*.css"):
        rules = re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.DOTALL).strip()
        assert rules.startswith(("@layer", "@import")), file.name


def test_every_behaviour_asked_for_is_there() -> None:
    names: set[str] = set()
    for script, tables in (("site.js", r"const behaviours = {(.+?)};"), ("taking.js", r"attach\({(.+?)}\)")):
        known = re.search(tables, (STATIC / "js" / script).read_text(), re.DOTALL)
        assert known is not None
        names |= set(re.findall(r"(?:^|,)\s*(\w+)", known[1]))
    for file in (HOUSE / "templates").rglob("*.html"):
        for asked in re.findall(r'data-enhance="([^"]+)"', file.read_text()):
            assert set(asked.split()) <= names, file.name


def test_every_component_says_what_it_is() -> None:
    for file in COMPONENTS.glob("*.html"):
        assert file.read_text().startswith("{#- "), file.name


def test_styles_and_scripts_keep_to_their_budget() -> None:
    assert squeezed("css/site.css") <= 12 * KB
    assert squeezed(*modules_of("js/site.js")) <= 7 * KB
    assert squeezed(*SHEETS) <= 32 * KB
    assert squeezed(*set().union(*map(modules_of, SCRIPTS))) <= 12 * KB
