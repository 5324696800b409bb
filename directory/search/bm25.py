"""How much a word weighs in a listing: BM25F with all fields weighed inside one, as Whoosh has it.

idf · tf · (K1 + 1) / (tf + norm), after Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), with
Whoosh's parameters and its idf, ln(N / (df + 1)) + 1. A word of plain text weighs ten here, so K1 is ten times as much.
"""

import math

K1, B = 12.0, 0.75

# A length is kept as one of 256 steps, as Whoosh keeps it, rounded up.
LENGTHS = tuple(round((1.033**step - 1) * 27) for step in range(256))


def idf(listings: int, having: int) -> float:
    """Say how telling a word is that ``having`` of ``listings`` have."""
    return math.log(listings / (having + 1)) + 1


def norm(length: float, average: float) -> float:
    """Say how much of a word a listing of this ``length`` must have before it counts half."""
    return K1 * ((1 - B) + B * length / (average or 1))
