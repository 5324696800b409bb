"""The small internet that the tests of links go out to."""

from collections.abc import Iterator

import pytest

from tests.submissions.links.web_of_ours import Web, opened


@pytest.fixture
def web() -> Iterator[Web]:
    """An internet with no pages yet."""
    with opened() as web:
        yield web
