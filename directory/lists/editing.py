"""Who may edit a list: whoever has a key to it, and whoever owns an editor's email address. The caller commits."""

from datetime import datetime

from sqlalchemy.orm import Session

from directory.accounts.addresses import email_address
from directory.accounts.audit import record
from directory.accounts.models import Account
from directory.foundation import addresses
from directory.foundation.letters import post
from directory.foundation.mail_templates import compose
from directory.foundation.refusals import Refusal
from directory.foundation.settings import Settings
from directory.foundation.signing import sign, signed
from directory.lists import queries
from directory.lists.actions import SUBJECT, add_key
from directory.lists.models import Editor, SharedList
from directory.lists.retention import A_YEAR

MOST_EDITORS = 10
PURPOSE = "list key"
STOP = "stop list digest"
NO_EMAIL = "Enter an email address, like name@example.org"


def opened_by(session: Session, key: str, account: Account | None) -> tuple[SharedList, Editor | None] | None:
    """Get the list that a key opens for editing, whole, and the editor who has it; None when it opens nothing.

    To somebody signed in whose address is an editor's, a list's short address is as good as a key.
    """
    if found := queries.by_key(session, key):
        return found
    shared_list = queries.by_address(session, key) if account and len(key) <= 16 else None
    editor = editor_of(shared_list, account.email) if shared_list and account else None
    return (shared_list, editor) if shared_list and editor else None


def editor_of(shared_list: SharedList, email: str | None) -> Editor | None:
    """Give the editor with this address. Needs editors loaded."""
    return next((one for one in shared_list.editors if email and one.email == email), None)


def add_editor(
    session: Session, shared_list: SharedList, typed: str, now: datetime, *, by: Account | None = None
) -> Editor:
    """Let the owner of an email address edit the list; one who may already is given again. Raises Refusal."""
    email = email_address(typed)
    if email is None:
        raise Refusal(f"{NO_EMAIL}.")
    if found := editor_of(shared_list, email):
        return found
    if len(shared_list.editors) >= MOST_EDITORS:
        raise Refusal(f"A list has up to {MOST_EDITORS} editors. Take one off first.")
    is_own = by is not None and by.email == email
    editor = Editor(email=email, added_at=now, confirmed_at=now if is_own else None)
    shared_list.editors.append(editor)
    session.flush()
    record(session, "added an editor", SUBJECT, shared_list.id, now, by=by)
    return editor


def remove_editor(
    session: Session, shared_list: SharedList, editor_id: int, now: datetime, *, by: Account | None = None
) -> None:
    """Take an editor off, with every key that was sent to them."""
    kept = [one for one in shared_list.editors if one.id != editor_id]
    if len(kept) < len(shared_list.editors):
        shared_list.editors = kept
        session.flush()
        record(session, "took off an editor", SUBJECT, shared_list.id, now, by=by)


def send_key(session: Session, settings: Settings, shared_list: SharedList, editor: Editor, now: datetime) -> None:
    """Send an editor an edit link of their own, in which who already has one changes nothing."""
    key = add_key(session, shared_list, now, editor_id=editor.id)
    post(
        session,
        compose(
            settings,
            "list_key",
            editor.email,
            title=shared_list.title,
            edit=addresses.at(settings, f"/lists/edit/{key}"),
            address=addresses.at(settings, f"/l/{shared_list.address}"),
        ),
        now,
        purpose=PURPOSE,
    )


def send_all_keys(session: Session, settings: Settings, typed: str, now: datetime) -> None:
    """Send an address a link to each list it may edit, in one letter, and none when there is none. Raises Refusal."""
    email = email_address(typed)
    if email is None:
        raise Refusal(f"{NO_EMAIL}.")
    mine = queries.lists_of(session, email)
    if not mine:
        return
    links = []
    for shared_list in mine:
        editor = editor_of(shared_list, email)
        assert editor is not None
        key = add_key(session, shared_list, now, editor_id=editor.id)
        links.append({"title": shared_list.title, "edit": addresses.at(settings, f"/lists/edit/{key}")})
    post(session, compose(settings, "list_keys", email, links=links), now, purpose=PURPOSE)


def want_digest(editor: Editor, now: datetime, *, wanted: bool) -> None:
    """Write to an editor each week in which the list changed, or no longer: who asks for it confirms the address."""
    editor.wants_digest = wanted
    editor.confirmed_at = editor.confirmed_at or now
    editor.digest_at = now if wanted else editor.digest_at


def stop_token(settings: Settings, editor: Editor, now: datetime) -> str:
    """Make what stands in a digest's link to stop it."""
    return sign(settings, STOP, editor.id, now)


def to_stop(session: Session, settings: Settings, token: str, now: datetime) -> Editor | None:
    """Get the editor whose digest a link stops; None when it isn't ours or they are no editor any more."""
    editor_id = signed(settings, STOP, token, now, A_YEAR)
    return session.get(Editor, editor_id) if isinstance(editor_id, int) else None
