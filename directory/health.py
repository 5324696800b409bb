"""What works and what doesn't: asked by ``/health`` and by the command line."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from directory.catalogue.queries import public_count
from directory.foundation.clock import now
from directory.foundation.letters import count_letters
from directory.foundation.migrations import at_head
from directory.parts import Parts
from directory.search.engine import Question, SearchEngine
from directory.search.indexing import IndexStatus, status
from directory.search.worker import has_worker, turn_to_index

# An index this many seconds behind, with nothing taken in meanwhile, has nobody who keeps it.
PATIENCE = 60

# Where each engine's index was when it was last seen behind, and since when.
_behind: WeakKeyDictionary[SearchEngine, tuple[object, float]] = WeakKeyDictionary()

# Asked of the gazetteer: if it doesn't know this one, it knows nothing.
A_PLACE = "Leeds"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    works: bool
    words: str


def examine(parts: Parts) -> Mapping[str, Finding]:
    """Check each part; one that raises is one that doesn't work, and says no more than the kind of mistake."""
    findings = {}
    for name, check in CHECKS.items():
        try:
            findings[name] = check(parts)
        except Exception as problem:  # whatever it is, the answer is that this part doesn't work
            findings[name] = Finding(False, f"does not answer ({type(problem).__name__})")
    return findings


def _database(parts: Parts) -> Finding:
    with parts.sessions() as session:
        count = public_count(session)
    return Finding(count > 0, f"{count} listings")


def _migrations(parts: Parts) -> Finding:
    return Finding(True, "at head") if at_head(parts.database) else Finding(False, "behind the code")


def _search(parts: Parts) -> Finding:
    """Search, and see how far behind the index is: behind is well, as long as it isn't standing still."""
    parts.search.search(Question(size=1, counting=False), now())
    with parts.sessions() as session:
        index = status(session, parts.search)
    seconds = _standing_still(parts.search, index)
    return Finding(index.engine.reads_through or seconds < PATIENCE, "; ".join(_told(parts, index, seconds)))


def _told(parts: Parts, index: IndexStatus, seconds: float) -> Iterator[str]:
    held = index.engine
    if held.stands_in:
        yield f"{held.name} has no index ({held.problem}): a stand-in answers from the database"
    else:
        yield f"{held.name} holds {held.documents} of {index.listings} listings"
        if held.problem:
            yield f"its index is gone ({held.problem}), and what was read of it before answers"
    if index.owed:
        yield f"{index.owed} changes to come" + (f", none taken in for {seconds:.0f} seconds" if seconds >= 1 else "")
    if has_worker(parts.settings) and not turn_to_index(parts.settings.data_folder).is_taken():
        yield "no worker is running"


def _standing_still(engine: SearchEngine, index: IndexStatus) -> float:
    """Give the seconds since this process first saw the index as far behind as it is now."""
    if index.is_up_to_date:
        _behind.pop(engine, None)
        return 0.0
    where = (index.oldest, index.engine.documents, index.listings)
    seen, since = _behind.get(engine, (None, 0.0))
    if seen != where:
        since = time.monotonic()
        _behind[engine] = (where, since)
    return time.monotonic() - since


def _gazetteer(parts: Parts) -> Finding:
    found = parts.gazetteer.find(A_PLACE) is not None
    return Finding(found, f"{'finds' if found else 'does not find'} {A_PLACE}")


def _mail(parts: Parts) -> Finding:
    """See how many letters are owed. A mail server that fails is told; nobody who sends is what doesn't work."""
    with parts.sessions() as session:
        letters = count_letters(session, now())
    where = (
        "goes to a mail server" if parts.settings.smtp_url else "is only kept in the data folder: no mail server is set"
    )
    told = [where, f"{letters.sent_today} sent in the last day", f"{letters.owed} to come"]
    told += [f"{letters.failing} failed and will be tried again"] if letters.failing else []
    told += [f"{letters.given_up_today} given up in the last day"] if letters.given_up_today else []
    told += [f"{letters.neglected} that no worker sends"] if letters.neglected else []
    return Finding(not letters.neglected, "; ".join(told))


CHECKS: Mapping[str, Callable[[Parts], Finding]] = {
    "database": _database,
    "migrations": _migrations,
    "search": _search,
    "gazetteer": _gazetteer,
    "mail": _mail,
}
