"""One suite, every engine: what is promised of search holds whichever answers."""

from pathlib import Path

import pytest

from directory.foundation.settings import EngineName, Settings
from directory.search.engine import SearchEngine
from directory.search.engines import choose


@pytest.fixture(params=list(EngineName))
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> SearchEngine:
    """An engine of each kind, with no index yet."""
    variables = {"WAYIN_SEARCH_ENGINE": request.param, "WAYIN_DATA_FOLDER": str(tmp_path)}
    return choose(Settings.from_environment(variables))
