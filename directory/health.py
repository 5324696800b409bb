"""What works and what doesn't: asked by ``/health`` and by the command line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from directory.catalogue.queries import public_count
from directory.foundation.migrations import at_head
from directory.parts import Parts
from directory.search.indexing import status

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
    with parts.sessions() as session:
        index = status(session, parts.search)
    words = f"{index.engine.name} holds {index.engine.documents} of {index.listings} listings"
    told = [words, f"{index.owed} changes to come" if index.owed else "", index.engine.problem or ""]
    return Finding(index.is_whole, "; ".join(filter(None, told)))


def _gazetteer(parts: Parts) -> Finding:
    found = parts.gazetteer.find(A_PLACE) is not None
    return Finding(found, f"{'finds' if found else 'does not find'} {A_PLACE}")


CHECKS: Mapping[str, Callable[[Parts], Finding]] = {
    "database": _database,
    "migrations": _migrations,
    "search": _search,
    "gazetteer": _gazetteer,
}
