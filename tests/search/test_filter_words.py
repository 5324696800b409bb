"""The words that are filters: every one leads to a choice that exists, and none to two."""

from collections import Counter

import yaml

from directory.search.facets import FACETS_BY_NAME, ORGANISATION
from directory.search.language import stems_of
from tests.search.conftest import SEED_DATA

ENTRIES = yaml.safe_load((SEED_DATA / "filter_words.yaml").read_text(encoding="utf-8"))
ORGANISATIONS = {entry["slug"] for entry in yaml.safe_load((SEED_DATA / "organisations.yaml").read_text())}
MONTHS = {option.value for option in FACETS_BY_NAME["usually"].options}


def test_every_word_leads_to_choices_that_exist() -> None:
    for entry in ENTRIES:
        for facet, values in entry["choices"].items():
            known = {
                ORGANISATION: ORGANISATIONS,
                "starts": MONTHS,
            }.get(facet) or {option.value for option in FACETS_BY_NAME[facet].options}
            assert set(values) <= known, entry["words"]


def test_no_words_lead_to_two_choices() -> None:
    counted = Counter(stems_of(words) for entry in ENTRIES for words in entry["words"])
    assert [words for words, count in counted.items() if count > 1] == []
