"""Every form is sent as nobody should send it, and answers clearly each time: twice, cut off, far too much."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from directory.accounts import actions
from directory.accounts.models import Account, AccountRole
from directory.foundation import clock
from directory.foundation.letters import Letter
from directory.parts import Parts
from directory.request_state import VISIT_COOKIE
from directory.submissions.fields import ANSWER_NAMES
from directory.web.access import ENOUGH, audience_of
from tests.strict_html import read
from tests.submissions.answers import APPRENTICESHIP
from tests.web.everything import ARGUMENT, Everything
from tests.web.signed import token
from tests.web.test_csrf import posting

pytestmark = pytest.mark.usefixtures("now")

# Every box of every form, as far as the token is concerned: what else a form has is answers to questions.
BOXES = (
    *("about", "action", "answer", "appearance", "back", "code", "column_0", "decision", "email", "end", "finds"),
    *("gone", "id", "into", "label", "left", "message", "name", "note", "note_field", "number", "onward", "outcome"),
    *("reason", "record", "seen", "slug", "then", "url", "was", "what", "why", "words", "words-1", *ANSWER_NAMES),
)
# What programs ask answers them in words of one line.
FOR_PROGRAMS = {"/oembed"}
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"


def typed(value: str) -> str:
    """Put this into every box, as a browser spells it."""
    return "&".join(f"{name}={value}" for name in BOXES)


def part(name: str, more: str = "") -> str:
    called = f'; name="{name}"' if name else ""
    return f"--x\r\nContent-Disposition: form-data{called}{more}\r\n\r\nwords\r\n"


@dataclass(frozen=True)
class Body:
    """What is sent after the token: a form, unless it says otherwise; ``said`` is how long it claims to be."""

    body: str
    kind: str = FORM
    said: str | None = None

    def sent(self, csrf: str) -> dict[str, Any]:
        """Give it as a client sends it."""
        first = part("csrf_token").replace("words", csrf) if self.kind.startswith("multipart") else f"csrf_token={csrf}"
        length = {} if self.said is None else {"CONTENT_LENGTH": self.said}
        data = f"{first}{self.body if self.kind.startswith('multipart') else f'&{self.body}'}"
        return {"data": data, "content_type": self.kind, "environ_overrides": length}


WORDS = {
    "what nobody types": Body(typed("%3Cb%3E%00%ED%A0%80%1b%0b%EF%BF%BF%FF%E2%80%AE") + "&title=caf%C3%A"),
    "digits without end": Body(typed("9" * 60)),
    "digits that are none to us": Body(typed("-%C2%B2%EF%BC%95")),
}
BODIES = {
    "nothing but the token": Body(""),
    "five megabytes": Body("title=" + "x" * 5_000_000),
    "thousands of boxes": Body("&".join(f"box{number}=x" for number in range(4_000))),
    "less than it says": Body(typed("words"), said="60000"),
    "parts that stop": Body(part("title") + part("") + "--x\r\nContent-Disp", PARTS),
    "a part without a name": Body(part("") + "--x--\r\n", PARTS),
    "a thousand parts": Body("".join(part(f"box{number}") for number in range(1_000)) + "--x--\r\n", PARTS),
    "files for words": Body("".join(part(name, '; filename="\0.csv"') for name in BOXES) + "--x--\r\n", PARTS),
    "JSON": Body('{"title": []}', "application/json"),
}


@dataclass
class Attacker:
    """Somebody signed in who sends forms; pages are read strictly, once for each status that a rule answers with."""

    app: Flask
    session: Session
    account: Account
    client: FlaskClient = field(init=False)
    seen: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.client = FlaskClient(self.app, self.app.response_class)
        self._signed, self._token = "", ""

    @property
    def token(self) -> str:
        """Give the token of the visit; one that was ended is begun anew."""
        cookie = self.client.get_cookie(VISIT_COOKIE)
        if cookie is None or cookie.value != self._signed:
            self._signed = actions.begin_visit(self.session, self.account, "", clock.now())
            self.session.commit()
            self.client.set_cookie(VISIT_COOKIE, self._signed)
            self._token = token(self.client)
        return self._token

    def send(self, rule: Rule, address: str, what: str, **sent: Any) -> TestResponse:
        """Send a form, and hold the answer, or the page it leads to, to being one."""
        response = self.client.post(address, **sent)
        self.judge(f"{rule.rule}, sent {what}", response)
        if response.status_code == 303:
            onward = response.headers["Location"]
            assert re.match(r"/(?!/)", onward), (rule, onward)
            self.judge(f"{rule.rule}, sent {what}, and on", self.client.get(onward))
        return response

    def judge(self, where: str, response: TestResponse) -> None:
        """Hold an answer to being one."""
        assert response.status_code < 500, where
        is_page = response.data.startswith(b"<!doctype")
        assert is_page or response.status_code < 400 or where in FOR_PROGRAMS, (where, response.data[:200])
        if is_page and (where.partition(",")[0], response.status_code) not in self.seen:
            self.seen.add((where.partition(",")[0], response.status_code))
            read(response.text)


@pytest.fixture
def all(session: Session, parts: Parts) -> Everything:
    return Everything(session, parts, actions.add(session, "sam@larkfield.example", "Sam", clock.now()))


@pytest.fixture
def attackers(app: Flask, session: Session, all: Everything) -> dict[bool, Attacker]:
    """Whoever owns everything, and a moderator."""
    ana = actions.add(session, "ana@wayin.example", "Ana", clock.now())
    actions.grant(session, ana, AccountRole.ADMINISTRATOR, clock.now())
    return {False: Attacker(app, session, all.owns), True: Attacker(app, session, ana)}


def forms(app: Flask, all: Everything, attackers: dict[bool, Attacker]) -> Iterator[tuple[Attacker, Rule, str]]:
    """Go through every address that takes a form, each about something new, with who may send it, from far apart."""
    for rule in posting(app):
        for number, address in enumerate(all.addresses(rule)):
            attacker = attackers[audience_of(app.view_functions[rule.endpoint]) in ENOUGH]
            attacker.client.environ_base["REMOTE_ADDR"] = f"10.{hash(rule.rule) % 250}.{number}.1"
            yield attacker, rule, address


def send_each(bodies: dict[str, Body], app: Flask, all: Everything, attackers: dict[bool, Attacker]) -> None:
    for attacker, rule, address in forms(app, all, attackers):
        for name, body in bodies.items():
            attacker.send(rule, address, name, **body.sent(attacker.token))


def test_what_nobody_types_gets_a_clear_answer(app: Flask, all: Everything, attackers: dict[bool, Attacker]) -> None:
    send_each(WORDS, app, all, attackers)


def test_a_form_that_arrives_in_pieces_or_far_too_large_gets_a_clear_answer(
    app: Flask, all: Everything, attackers: dict[bool, Attacker], database: Engine
) -> None:
    if database.dialect.name != "sqlite":
        pytest.skip("how a form arrives has nothing to do with the database")
    send_each(BODIES, app, all, attackers)


def test_a_form_with_a_wrong_token_gets_a_clear_answer(
    app: Flask, all: Everything, attackers: dict[bool, Attacker]
) -> None:
    for attacker, rule, address in forms(app, all, attackers):
        assert attacker.token
        response = attacker.send(rule, address, "with a wrong token", **Body(typed("words")).sent("wrong"))
        assert response.status_code in (400, 409, 422), rule


# What most forms take; the decision's is left without reasons for returning, since it approves.
GOOD = APPRENTICESHIP | {
    "about": "wrong",
    "answer": "closed",
    "appearance": "dark",
    "code": "123456",
    "decision": "approve",
    "email": "pat@school.example",
    "end": "yes",
    "label": "Pictures",
    "left": "2",
    "message": "We looked.",
    "name": "Larkfield",
    "number": "1",
    "onward": "/mine",
    "outcome": "no change",
    "reason": "It is over.",
    "what": "removal",
    "why": "It is so.",
    "words": "bench work",
    "finds": "pipetting",
}
WITHOUT = {"/moderation/<key>/decide": {"reason"}}
# Whoever asks for a letter again may not have got the first; the limits hold.
WRITES_AGAIN = {
    *("/sign-in", "/submit/<key>/later"),
    *("/lists/new", "/lists/find", "/lists/edit/<key>/editors"),
}


def test_a_form_that_is_sent_twice_answers_twice_and_writes_one_letter(
    app: Flask, all: Everything, attackers: dict[bool, Attacker]
) -> None:
    """The second time it is stale too: what it is about was decided, closed, thrown away or answered meanwhile."""
    done = 0
    for attacker, rule, address in forms(app, all, attackers):
        sent = {name: said for name, said in GOOD.items() if name not in WITHOUT.get(rule.rule, ())}
        first = attacker.send(rule, address, "once", data={**sent, "csrf_token": attacker.token})
        before = letters(all.session)
        attacker.send(rule, address, "twice", data={**sent, "csrf_token": attacker.token})
        assert letters(all.session) == before or rule.rule in WRITES_AGAIN, rule
        done += first.status_code == 303
    assert done > 40


def letters(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Letter)) or 0


# What is part of no address of ours, and what nobody asks an address of ours.
NOWHERE = ("nothing", "99999999999999999999", "%00%ED%A0%80", "x" * 300)
ASKED = "&".join(
    f"{name}={value}"
    for name in ("after", "against", "done", "into", "near", "onward", "purpose", "q", "saved", "show", "subject")
    for value in ("%00", "%ED%A0%80", "%EF%BF%BF")
)


def test_whatever_an_address_is_asked_there_is_an_answer(
    app: Flask, all: Everything, attackers: dict[bool, Attacker]
) -> None:
    for rule in app.url_map.iter_rules():
        attacker = attackers[audience_of(app.view_functions[rule.endpoint]) in ENOUGH]
        for address in all.addresses(rule) if "GET" in (rule.methods or ()) else ():
            assert attacker.token
            attacker.judge(rule.rule, attacker.client.get(f"{address}?{ASKED}&page=99999999999999999999"))


def test_an_address_about_nothing_that_exists_is_not_here(app: Flask, attackers: dict[bool, Attacker]) -> None:
    for part, rule in product(NOWHERE, app.url_map.iter_rules()):
        attacker = attackers[audience_of(app.view_functions[rule.endpoint]) in ENOUGH]
        csrf = attacker.token
        address = ARGUMENT.sub(
            lambda found, part=part: found[2].split(", ")[0] if found[1] == "any" else part, rule.rule
        )
        if {kind for kind, _said, _name in ARGUMENT.findall(rule.rule)} <= {"any"}:
            continue
        attacker.client.environ_base["REMOTE_ADDR"] = f"10.{hash(rule.rule) % 250}.1.1"
        if "GET" in (rule.methods or ()):
            response = attacker.client.get(address)
            attacker.judge(rule.rule, response)
        else:
            response = attacker.send(rule, address, "about nothing", data={**GOOD, "csrf_token": csrf})
        assert response.status_code in (404, 410), (rule, address)
