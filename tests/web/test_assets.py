"""Styles and scripts are whole, and at addresses that change whenever they do."""

from pathlib import Path

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from directory.foundation.resources import resource
from directory.web.assets import FINGERPRINTED, Assets


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        file = folder / name.replace("__", "/").replace("_css", ".css").replace("_js", ".js").replace("_svg", ".svg")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


def body(assets: Assets, name: str) -> str:
    asset, _ = assets.find(name)
    assert asset is not None
    return asset.body.decode()


def test_a_stylesheet_holds_what_it_imports_in_order(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        css__site_css='/* all */ @layer base, parts;\n@import "base.css" layer(base);\n@import url("parts/card.css");',
        css__base_css="p { margin: 0; }",
        css__parts__card_css='.card { background: url("../../icons/dot.svg"); }',
        icons__dot_svg="<svg/>",
    )
    assets = Assets(folder)
    dot = assets.address("icons/dot.svg")
    assert body(assets, "css/site.css") == (
        "@layer base, parts;\n@layer base {\np { margin: 0; }\n}\n" + f'.card {{ background: url("../{dot}"); }}'
    )


def test_a_change_anywhere_below_changes_the_address(tmp_path: Path) -> None:
    write(tmp_path, js__main_js='import { a } from "./parts/a.js";', js__parts__a_js='export * from "../b.js";')
    write(tmp_path, js__b_js="export const a = 1;")
    before = Assets(tmp_path)
    assert body(before, "js/main.js") == f'import {{ a }} from "./{before.address("js/parts/a.js")[3:]}";'
    assert body(before, "js/parts/a.js") == f'export * from "../{before.address("js/b.js")[3:]}";'
    write(tmp_path, js__b_js="export const a = 2;")
    assert Assets(tmp_path).address("js/main.js") != before.address("js/main.js")


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        ({"a_css": '@import "b.css";'}, "a.css → b.css: there is no such file"),
        ({"a_css": 'p { background: url("b.svg"); }'}, "a.css → b.svg: there is no such file"),
        ({"a_js": 'import "./b.js";'}, "a.js → b.js: there is no such file"),
        ({"a_js": 'import "./b.js";', "b_js": 'import "./a.js";'}, "import each other"),
        ({"a_css": '@import "b.css" screen;', "b_css": ""}, "is not of the form"),
    ],
)
def test_a_name_that_leads_nowhere_is_found_at_the_start(tmp_path: Path, files: dict[str, str], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Assets(write(tmp_path, **files))


def test_an_address_with_its_fingerprint_is_kept_for_a_year(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context():
        address = url_for("static", filename="css/site.css")
    assert FINGERPRINTED.fullmatch(address)
    response = client.get(address)
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.mimetype == "text/css"


def test_an_address_of_yesterday_gets_todays_file_and_is_not_kept(client: FlaskClient) -> None:
    for address in ("/static/css/site.0123456789ab.css", "/static/css/site.css"):
        response = client.get(address)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("address", ["css/none.css", "../pyproject.toml", "%2e%2e/pyproject.toml", "", "css"])
def test_nothing_else_is_served(client: FlaskClient, address: str) -> None:
    assert client.get(f"/static/{address}").status_code == 404


def test_a_script_is_a_script(tmp_path: Path) -> None:
    (asset,) = Assets(write(tmp_path, a_js="1"))
    assert asset.media_type == "text/javascript"


def test_every_file_we_have_is_whole() -> None:
    assert Assets(resource("static")).address("css/site.css")
