"""Text that strangers wrote, made fit for any format: one line, and nothing that isn't text."""

import unicodedata

# Controls, halves of characters, what no standard has filled; and what can't be seen but turns the words around it.
_NOT_TEXT = frozenset(("Cc", "Cs", "Co", "Cn"))
_UNSEEN = "Cf"


def line(text: str) -> str:
    """Give text on one line."""
    return " ".join(_only_text(text).split())


def lines(text: str) -> str:
    """Give text with its lines and paragraphs, each cleaned."""
    return "\n".join(line(one) for one in text.splitlines()).strip()


def _only_text(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    categories = ((character, unicodedata.category(character)) for character in text)
    return "".join(" " if category in _NOT_TEXT else one for one, category in categories if category != _UNSEEN)
