"""Keep lists current: note what each offers, after every change of its own and, as a job, as the catalogue changes."""

from sqlalchemy import select

from directory.lists import offering
from directory.lists.models import SharedList
from directory.lists.queries import WHOLE
from directory.lists.viewing import view
from directory.search.asking import Asking


def note_what_is_offered(asking: Asking, shared_list: SharedList) -> bool:
    """Note what a list offers now; says whether that changed."""
    shown = view(asking, shared_list, most=0)
    pinned = [one.opportunity.id for one in shown.picked]
    return offering.note_offers(asking.session, shared_list, pinned, shown.ruled.ids if shown.ruled else (), asking.now)


def keep_current(asking: Asking) -> int:
    """Note what every list offers now; gives for how many that changed."""
    rows = select(SharedList).where(SharedList.taken_down_at.is_(None)).options(*WHOLE).order_by(SharedList.id)
    return sum(note_what_is_offered(asking, one) for one in asking.session.scalars(rows).all())
