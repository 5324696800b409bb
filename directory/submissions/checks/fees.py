"""Does anything ask applicants for money?"""

import re
from collections.abc import Iterator

from directory.catalogue.kinds import KINDS
from directory.catalogue.vocabulary import Cost
from directory.submissions.checks.case import Case, word
from directory.submissions.checks.finding import Finding, Rule
from directory.submissions.checks.sentences import public_sentences, quoted

RULE = Rule(
    "fees",
    "Nobody pays to apply, to be checked or to start. Our rules don’t allow it, and an employment agency may not "
    "charge people for finding them work. What a course itself costs is fine: say it where we ask for the cost.",
    "https://www.gov.uk/employment-agencies-and-businesses",
)
FIX = "Pay it yourselves and take this out. If it isn’t a fee for applicants, say who pays it."

_CHECK = r"(?:enhanced |basic |standard )?(?:DBS|PVG|AccessNI|disclosure|background|criminal records?|vetting|security)"
_CHARGE = r"(?:fees?|charges?|costs?|deposits?|payments?)"
_MONEY = r"£\s?\d[\d,]*(?:\.\d\d)?"
# What is never fine, whatever is offered.
TO_APPLY = re.compile(
    rf"(?:{_MONEY}\s+)?(?:non-?refundable\s+)?"
    rf"\b(?:applications?|admin(?:istration|istrative)?|processing|interview|assessment|{_CHECK}(?:\s+checks?)?)"
    rf"\s+{_CHARGE}\b"
    rf"|\b{_CHARGE}\s+(?:of\s+{_MONEY}\s+)?(?:for|of|to cover)\s+(?:the|your|an?|any)?\s*"
    rf"(?:applying|applications?|interviews?|{_CHECK}(?:\s+checks?)?)\b"
    rf"|\bpay(?:ing|s)?\s+(?:{_MONEY}\s+)?(?:for|towards)\s+(?:the|your|an?|any|their)?\s*(?:own\s+)?"
    rf"(?:applications?|interviews?|{_CHECK})\b(?:\s+checks?)?"
    rf"|{_MONEY}\s+(?:for|towards|to cover)\s+(?:the|your|an?)?\s*{_CHECK}\b(?:\s+checks?)?",
    re.IGNORECASE,
)
# What may be a price where something is sold, and is a fee anywhere else.
TO_START = re.compile(
    rf"(?:{_MONEY}\s+)?(?:(?:non-?|fully )?refundable\s+)?"
    rf"\b(?:registration|joining|booking|training|induction|placement|programme|enrolment|uniform|kit|equipment|"
    rf"accommodation|holding)\s+(?:fees?|charges?|deposits?)\b"
    rf"|{_MONEY}\s+(?:non-?refundable\s+|refundable\s+)?(?:fee|charge|deposit)\b"
    rf"|\b(?:fee|charge|deposit)\s+of\s+{_MONEY}"
    rf"|\b(?:non-?refundable|refundable)\s+(?:fee|charge|deposit|payment)\b"
    rf"|\b(?:must|need to|have to|will|are asked to|required to)\s+pay\s+(?:us\s+)?(?:{_MONEY}|a\s+fee|a\s+deposit|"
    rf"in advance|upfront|for\s+(?:your|the)\s+(?:own\s+)?(?:training|uniform|kit|equipment|materials|induction|place))"
    rf"|\bat\s+your\s+own\s+(?:expense|cost)\b",
    re.IGNORECASE,
)
NOT_THEIRS = re.compile(
    rf"\bno\s+(?:\w+\s+){{0,3}}{_CHARGE}\b|\b(?:without|free of|never)\s+(?:any\s+)?(?:charge|a fee|fees|cost)"
    r"|\b(?:we|they|employer|university|company|trust|charity|programme|scheme|studentship|grant|award|funding)"
    r"(?:[’']ll| will| also| can)*\s+(?:\w+\s+)?(?:pays?|cover|covers|meets?|refunds?|reimburses?|includes?|waives?)\b"
    rf"|\b(?:paid|covered|met|refunded|reimbursed|waived|funded)\s+(?:in full\s+)?(?:by|for you|from|through)\b"
    r"|\b(?:is|are|be)\s+(?:fully\s+|all\s+)?(?:paid|covered|met|refunded|reimbursed|waived|funded|included)\b"
    r"|\b(?:do not|don[’']t|won[’']t|will not|never|not)\s+(?:\w+\s+){0,2}(?:pay|charge|ask)\b"
    r"|\bfee[ -]waiver",
    re.IGNORECASE,
)
OF_STUDY = re.compile(
    r"\b(?:tuition|course|bench|home|overseas|international|visa|university)\s+fees?\b", re.IGNORECASE
)


def check(case: Case) -> Iterator[Finding]:
    """Find money asked of applicants, in any public text."""
    found = False
    kind = KINDS.get(case.kind)  # type: ignore[call-overload]
    sells = kind is not None and kind.spends_rather_than_earns
    if kind is not None and not sells and word(case.values, "cost") == Cost.FEE:
        found = True
        yield RULE.stop(
            "Asks applicants to pay", f"The listing says that people pay a fee for this {_named(case)}.", FIX
        )
    for field, sentence in public_sentences(case):
        asked = _asked(sentence, sells=sells)
        if asked:
            found = True
            yield RULE.stop("Asks applicants to pay", f"{quoted(asked)}. Our rules don’t allow fees.", FIX, field)
    if not found and any(case.public_texts()):
        yield RULE.ok("Asks applicants for no money", "No fee, deposit or charge in any public text.")


def _asked(sentence: str, *, sells: bool) -> str:
    if NOT_THEIRS.search(sentence):
        return ""
    to_apply = TO_APPLY.search(sentence)
    if to_apply:
        return to_apply[0].strip()
    to_start = None if sells or OF_STUDY.search(sentence) else TO_START.search(sentence)
    return to_start[0].strip() if to_start else ""


def _named(case: Case) -> str:
    return KINDS[case.kind].singular.lower()  # type: ignore[index]
