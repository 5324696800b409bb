"""Keep lists current: note what each offers, after every change of its own and, as a job, as the catalogue changes.

Searching comes before writing: an index that has to be made first is made in a transaction of its own, which waits for
no other's lock.
"""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from directory.lists import offering
from directory.lists.models import SharedList
from directory.lists.queries import WHOLE
from directory.lists.viewing import view
from directory.search.asking import Asking

Ids = tuple[int, ...]


def note_what_is_offered(asking: Asking, shared_list: SharedList) -> bool:
    """Note what a list offers now; says whether that changed."""
    return bool(_note(asking, [(shared_list, *_offered(asking, shared_list))]))


def keep_current(asking: Asking) -> int:
    """Note what every list offers now; gives for how many that changed."""
    rows = select(SharedList).where(SharedList.taken_down_at.is_(None)).options(*WHOLE).order_by(SharedList.id)
    return _note(asking, [(one, *_offered(asking, one)) for one in asking.session.scalars(rows).all()])


def _offered(asking: Asking, shared_list: SharedList) -> tuple[Ids, Ids]:
    """Give the ids of the pins that are open and of what the rule finds."""
    shown = view(asking, shared_list, most=0)
    return tuple(one.opportunity.id for one in shown.picked), shown.ruled.ids if shown.ruled else ()


def _note(asking: Asking, offered: Iterable[tuple[SharedList, Ids, Ids]]) -> int:
    changed = 0
    for one in offered:
        try:
            with asking.session.begin_nested():
                changed += offering.note_offers(asking.session, *one, asking.now)
        except IntegrityError:  # somebody noted it meanwhile, or deleted the list: the next look tells
            continue
    return changed
