"""The real gazetteer: there is no smaller one that would prove as much."""

from pathlib import Path

import pytest

from directory.places import Gazetteer

FOLDER = Path(__file__).parents[2] / "seed_data" / "gazetteer"


@pytest.fixture(scope="session")
def folder() -> Path:
    """Where the tables are."""
    return FOLDER


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """Every place we know."""
    return Gazetteer.load(FOLDER)
