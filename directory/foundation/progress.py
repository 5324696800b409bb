"""How long work is getting on: a promise that doers call and doors show."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

# Called with how many are done, and of how many.
Progress = Callable[[int, int], None]

# Opens a named step of the work and gives what shows its progress.
Steps = Callable[[str], AbstractContextManager[Progress]]


@contextmanager
def quietly(_step: str) -> Iterator[Progress]:
    """Show nothing."""
    yield lambda _done, _total: None
