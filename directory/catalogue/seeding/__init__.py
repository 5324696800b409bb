"""Fill the catalogue from files that people can read: checked whole, loaded at once, never over a person's edit."""

from directory.catalogue.seeding.loading import seed
from directory.catalogue.seeding.problems import BadSeedData, SeedProblem
from directory.catalogue.seeding.report import PassedOver, SeedReport

__all__ = ["BadSeedData", "PassedOver", "SeedProblem", "SeedReport", "seed"]
