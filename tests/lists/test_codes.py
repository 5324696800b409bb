"""Class codes are read as a class types them."""

import re

from hypothesis import given
from hypothesis import strategies as st

from directory.lists.codes import class_code, code_words, new_address, new_class_code

CODES = st.lists(st.sampled_from(code_words()), min_size=4, max_size=4)


def test_the_words_are_plain_different_and_none_begins_another() -> None:
    words = code_words()
    assert len(words) == len(set(words)) >= 400
    assert all(re.fullmatch(r"[a-z]{3,10}", word) for word in words)
    assert not [(one, other) for one in words for other in words if one != other and other.startswith(one)]


@given(CODES, st.sampled_from(["-", " ", "", ", ", " - ", "\n", "."]), st.booleans())
def test_a_code_is_read_with_anything_or_nothing_between_its_words(words: list[str], apart: str, loud: bool) -> None:
    typed = apart.join(words)
    assert class_code(typed.upper() if loud else f"  {typed} ") == "-".join(words)


@given(st.text())
def test_nothing_typed_raises(typed: str) -> None:
    code = class_code(typed)
    assert code is None or set(code.split("-")) <= set(code_words())


def test_what_is_drawn_can_be_read() -> None:
    assert class_code(new_class_code())
    assert re.fullmatch(r"[b-df-hj-np-tv-z2-9]{7}", new_address())


def test_three_or_five_words_are_no_code() -> None:
    words = code_words()
    assert class_code("-".join(words[:3])) is None
    assert class_code("-".join(words[:5])) is None
    assert class_code("".join(words[:5])) is None
