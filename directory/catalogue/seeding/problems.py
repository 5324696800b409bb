"""What is wrong with the seed data, in sentences that name the file, the entry and the field."""

from collections.abc import Iterable
from dataclasses import dataclass

from directory.foundation.refusals import Refusal


@dataclass(frozen=True, slots=True)
class SeedProblem:
    """One thing that is wrong: ``words`` follow the field's name, as in "is missing"."""

    file: str
    entry: str
    field: str
    words: str

    def __str__(self) -> str:
        """Say it as one sentence."""
        where = ", ".join(part for part in (self.file, self.entry, self.field) if part)
        return f"{where} {self.words}."


class BadSeedData(Refusal):
    """Raised when seed data will not do; nothing of it has then been loaded. It says every problem, not the first."""

    def __init__(self, problems: Iterable[SeedProblem]) -> None:
        """Keep the problems, those of one file together."""
        self.problems = tuple(sorted(problems, key=lambda problem: problem.file))
        count = "one problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        told = "\n".join(f"- {problem}" for problem in self.problems)
        super().__init__(f"The seed data has {count}, so nothing was loaded:\n{told}")
