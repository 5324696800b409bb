"""``explain`` as it is typed."""

import pytest
from click.testing import CliRunner

from directory.cli.explaining import explain
from directory.foundation.refusals import Refusal


@pytest.fixture(autouse=True)
def folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """One prepared data folder for all."""
    monkeypatch.setenv("WAYIN_DATA_FOLDER", str(tmp_path_factory.getbasetemp() / "explained"))


def said(query: str, slug: str) -> str:
    done = CliRunner().invoke(explain, [query, slug], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_it_says_how_words_were_read_and_where_a_listing_stands() -> None:
    told = said("apprenticeship near Leeds", "nhsbt-apprenticeships")
    assert "near Leeds: read as within 25 miles of Leeds" in told
    assert "with all of the words" in told
    assert "apprenticeship  (only weighs)" in told


def test_it_takes_the_address_of_results_and_names_what_left_a_listing_out() -> None:
    assert "Kind is not courses" in said("http://127.0.0.1:8000/search?q=gene&kind=course", "nhsbt-apprenticeships")


def test_a_listing_that_there_is_not_is_one_sentence() -> None:
    with pytest.raises(Refusal, match="There is no listing nothing-here"):
        said("gene", "nothing-here")
