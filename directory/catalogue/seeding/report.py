"""What loading did, and what it left alone because a person had edited it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A listing that a person has edited, and where it differs from its file: (field, ours, the file's)."""

    slug: str
    differences: tuple[tuple[str, str, str], ...]

    def __str__(self) -> str:
        """Tell the differences, a line for each side."""
        if not self.differences:
            return f"{self.slug}\n  the same as its file"
        lines = [f"  {field}\n    ours:  {ours}\n    file:  {seeds}" for field, ours, seeds in self.differences]
        return "\n".join([self.slug, *lines])


@dataclass(frozen=True, slots=True)
class SeedReport:
    """How many listings were added, updated, left as they were and withdrawn; and which were passed over."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    passed_over: tuple[PassedOver, ...] = ()

    def __str__(self) -> str:
        """Say it in one line."""
        counts = (
            (self.added, "added"),
            (self.updated, "updated"),
            (self.withdrawn, "withdrawn"),
            (len(self.passed_over), "passed over (edited by a person)"),
            (self.unchanged, "unchanged"),
        )
        return ", ".join(f"{count} {words}" for count, words in counts if count) or "Nothing to load"

    def summary(self) -> str:
        """Say it in one line."""
        return str(self)

    def difference(self) -> str:
        """Tell what was passed over, field by field."""
        if not self.passed_over:
            return "Nothing was passed over: no listing in the files has been edited by a person."
        return "\n\n".join(str(one) for one in self.passed_over)
