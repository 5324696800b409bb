"""What must hold between entries: nothing twice, nothing named that isn't there, no umbrella under its own part."""

from collections.abc import Iterator, Sequence
from typing import Any

from directory.catalogue.seeding.files import Entry, SeedFiles, Table
from directory.catalogue.seeding.fingerprints import LISTINGS, beginning
from directory.catalogue.seeding.problems import SeedProblem
from directory.catalogue.seeding.shapes import OpportunityShape, SynonymShape, TermShape


def between_entries(files: SeedFiles) -> Iterator[SeedProblem]:
    """Find what is wrong between entries, each of which may be right by itself."""
    tables: tuple[Table[Any], ...] = (files.organisations, files.skills, files.glossary, files.opportunities)
    for table in tables:
        yield from _standing_twice(table.slugs)
    yield from _explained_twice(files.glossary.entries)
    yield from _beginning_twice(files.synonyms.entries)
    yield from _in_the_wrong_file(files.opportunities.entries)
    yield from _named_in_vain(files)
    yield from _under_themselves(files.opportunities.entries)


def _standing_twice(slugs: Sequence[tuple[str, str]]) -> Iterator[SeedProblem]:
    first: dict[str, str] = {}
    for slug, file in slugs:
        if slug in first:
            yield SeedProblem(file, slug, "slug", f"already stands in {first[slug]}")
        first.setdefault(slug, file)


def _explained_twice(terms: Sequence[Entry[TermShape]]) -> Iterator[SeedProblem]:
    first: dict[str, str] = {}
    for entry in terms:
        for word in {word.casefold() for word in (entry.said.term, *entry.said.also)}:
            if word in first:
                yield SeedProblem(entry.file, entry.said.slug, "also", f"explains {word}, as {first[word]} does")
            first.setdefault(word, entry.said.slug)


def _beginning_twice(synonyms: Sequence[Entry[SynonymShape]]) -> Iterator[SeedProblem]:
    """Find entries that can't be told apart once their row is edited: an entry goes by its first words."""
    first: set[str] = set()
    for entry in synonyms:
        begins = beginning(entry.said.words, entry.said.finds or [])
        if begins in first:
            yield SeedProblem(entry.file, entry.said.words[0], "", "begins as another entry does: make them one")
        first.add(begins)


def _in_the_wrong_file(listings: Sequence[Entry[OpportunityShape]]) -> Iterator[SeedProblem]:
    for entry in listings:
        stem, kind = entry.file.removeprefix(f"{LISTINGS}/").removesuffix(".yaml"), entry.said.kind
        if stem != kind and not stem.startswith(f"{kind}-"):
            yield SeedProblem(entry.file, entry.said.slug, "kind", f"is {kind}, which this file is not for")


def _named_in_vain(files: SeedFiles) -> Iterator[SeedProblem]:
    organisations = _known(files.organisations), "organisations.yaml"
    skills, glossary = (_known(files.skills), "skills.yaml"), (_known(files.glossary), "glossary.yaml")
    listings = _known(files.opportunities), "any listing's slug"
    for entry in files.opportunities.entries:
        said = entry.said
        for field, named, (known, where) in (
            ("organisation", [said.organisation], organisations),
            ("partners", said.partners, organisations),
            ("hosts", said.hosts, organisations),
            ("parent", [said.parent] if said.parent else [], listings),
            ("skills", said.skills, skills),
            ("glossary", said.glossary, glossary),
        ):
            for slug in named:
                if known is not None and slug not in known:
                    yield SeedProblem(entry.file, said.slug, field, f"names {slug}, which is not in {where}")


def _known(table: Table[Any]) -> set[str] | None:
    """Give every slug of a table, or None when a file of it couldn't be read."""
    return {slug for slug, _ in table.slugs} if table.whole else None


def _under_themselves(listings: Sequence[Entry[OpportunityShape]]) -> Iterator[SeedProblem]:
    parents = {entry.said.slug: entry.said.parent for entry in listings}
    for entry in listings:
        above, seen = entry.said.parent, set[str]()
        while above and above not in seen and above != entry.said.slug:
            seen.add(above)
            above = parents.get(above)
        if above == entry.said.slug:
            yield SeedProblem(entry.file, entry.said.slug, "parent", "leads back to the listing itself")
