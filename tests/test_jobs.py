"""The jobs of the product: each has a name of its own and runs on an empty database."""

from directory.app import jobs
from directory.foundation.clock import now
from directory.parts import Parts


def test_every_job_has_a_name_of_its_own_that_can_be_remembered(parts: Parts) -> None:
    names = [job.name for job in jobs(parts.settings, parts.database)]
    assert len(names) == len(set(names))
    assert all(len(name) <= 40 for name in names)


def test_every_job_finds_nothing_to_do_on_an_empty_database(parts: Parts) -> None:
    for job in jobs(parts.settings, parts.database):
        job.run(now())
