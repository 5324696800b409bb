"""The sprite holds what a page drew and nothing else."""

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from directory.catalogue.kinds import KINDS
from directory.web.icons import furnish, read_icons

FOLDER = Path(__file__).parent.parent.parent / "static" / "icons"


def render(**templates: str) -> str:
    environment = Environment(loader=DictLoader(templates), autoescape=True)
    furnish(environment, FOLDER)
    return environment.get_template("page").render(words='<use href="#i-mail"/>')


def test_every_kind_has_a_glyph() -> None:
    icons = read_icons(FOLDER)
    for kind in KINDS.values():
        assert f"k-{kind.prefix}" in icons.symbols


def test_a_page_carries_each_drawing_it_uses_once() -> None:
    page = render(
        page="{% from 'row' import row %}{% filter with_sprite %}{{ row('app') }}{{ row('app') }}{% endfilter %}",
        row="{% macro row(kind) %}{{ glyph(kind) }}{{ icon('search') }}{% endmacro %}",
    )
    assert page.count('<symbol id="k-app"') == 1
    assert page.count('<symbol id="i-search"') == 1
    assert page.count("<symbol") == 2


def test_drawings_in_a_child_page_are_found_whatever_the_order() -> None:
    page = render(
        page="{% extends 'layout' %}{% block main %}{{ icon('pin') }}{% endblock %}",
        layout="{% filter with_sprite %}{% block main %}{% endblock %}{{ icon('info') }}{% endfilter %}",
    )
    assert page.index('id="i-pin"') < page.index('id="i-info"')


def test_a_visitors_words_draw_nothing() -> None:
    assert "<symbol" not in render(page="{% filter with_sprite %}{{ words }}{% endfilter %}")


def test_a_drawing_keeps_its_own_line() -> None:
    symbols = read_icons(FOLDER).symbols
    assert 'stroke-width="2"' in symbols["i-search"]
    assert 'stroke-width="2.6"' in symbols["k-stu"]


def test_an_unknown_drawing_is_a_mistake_of_ours() -> None:
    with pytest.raises(LookupError, match="i-helix"):
        render(page="{{ icon('helix') }}")
