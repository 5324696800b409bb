"""Fetching a page that somebody named, as a polite stranger to it and a suspicious one."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from directory.foundation.settings import Settings
from directory.submissions.links import robots
from directory.submissions.links.bodies import ENCODINGS_WE_ASK_FOR, text_of
from directory.submissions.links.network import Answer, Deadline, Network
from directory.submissions.links.refused import CannotFetch, Why
from directory.submissions.links.targets import Target, read_target

__all__ = ["CannotFetch", "Fetched", "Fetcher", "Network", "Why"]

ROBOT = "WayInBot"
MOST_HOPS = 5
PAGES = frozenset({"text/html", "application/xhtml+xml", "application/json", "application/ld+json"})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
RULES_ARE_KEPT_FOR = timedelta(hours=1)
MOST_SITES_KEPT = 100
STATUS_WORDS = {
    401: "asks for a password",
    403: "doesn’t let us in",
    404: "answers ‘not found’",
    410: "answers ‘gone’",
    429: "asks us to come back later",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as text. ``hops`` are the addresses that passed us on, the first one first."""

    final_url: str
    status: int
    content_type: str
    text: str
    hops: tuple[str, ...] = ()


class Fetcher:
    """Fetches pages, and remembers for an hour what each site asks of robots. Safe to share between threads."""

    def __init__(self, settings: Settings, network: Network | None = None) -> None:
        """Fetch over ``network``, the internet unless a test brings its own, if the settings allow any of it."""
        self._is_on = settings.fetch_links
        self._network = network or Network()
        agent = f"{ROBOT}/1.0 (+{settings.site_address})"
        self._agent = "".join(letter for letter in agent if " " <= letter <= "~")
        self._rules: dict[str, tuple[datetime, Sequence[robots.Rule]]] = {}
        self._lock = threading.Lock()

    def fetch(self, url: str, now: datetime) -> Fetched:
        """Fetch a page of HTML or JSON.

        Raises CannotFetch, in words for whoever gave the address: it isn't one that we open, or anything it passes
        us on to isn't; nothing answers within ten seconds in all; robots aren't welcome; it is no page, or too large.
        """
        if not self._is_on:
            raise CannotFetch(Why.SWITCHED_OFF, "Reading pages is switched off here, so fill in the form instead.")
        deadline = Deadline(self._network.seconds)
        target = read_target(url)
        try:
            target, answer, hops = self._follow(target, deadline, now)
            return _page(target, answer, hops)
        except CannotFetch as problem:
            problem.final_url = problem.final_url or target.url
            raise

    def _follow(self, target: Target, deadline: Deadline, now: datetime) -> tuple[Target, Answer, list[str]]:
        hops: list[str] = []
        while True:
            if not robots.allows(self._rules_of(target, deadline, now), target.path):
                words = f"{target.host} asks robots like ours not to read that page, so we didn’t."
                raise CannotFetch(Why.ROBOTS, words, final_url=target.url)
            answer = self._get(target, "text/html, application/ld+json;q=0.9, application/json;q=0.8", deadline)
            onward = answer.headers.get("Location")
            if answer.status not in REDIRECTS or not onward:
                return target, answer, hops
            hops.append(target.url)
            target = self._onward(target, onward, hops)

    @staticmethod
    def _onward(target: Target, location: str, hops: Sequence[str]) -> Target:
        onward = target.onward(location.encode("latin-1", "replace").decode("utf-8", "replace"))
        if len(hops) > MOST_HOPS:
            raise CannotFetch(Why.REDIRECTS, "That address passes us on too many times.", final_url=target.url)
        if onward.url in hops:
            raise CannotFetch(Why.REDIRECTS, "That address leads round in a circle.", final_url=target.url)
        return onward

    def _get(self, target: Target, accept: str, deadline: Deadline) -> Answer:
        headers = {"User-Agent": self._agent, "Accept": accept, "Accept-Encoding": ENCODINGS_WE_ASK_FOR}
        return self._network.get(target, headers | {"Accept-Language": "en-GB, en;q=0.8"}, deadline)

    def _rules_of(self, target: Target, deadline: Deadline, now: datetime) -> Sequence[robots.Rule]:
        with self._lock:
            asked_at, rules = self._rules.get(target.origin, (None, ()))
        if asked_at and now - asked_at < RULES_ARE_KEPT_FOR:
            return rules
        rules = self._ask_for_rules(target, deadline)
        with self._lock:
            if len(self._rules) >= MOST_SITES_KEPT:
                del self._rules[min(self._rules, key=lambda origin: self._rules[origin][0])]
            self._rules[target.origin] = now, rules
        return rules

    def _ask_for_rules(self, target: Target, deadline: Deadline) -> Sequence[robots.Rule]:
        """Read robots.txt: one that isn't there forbids nothing, one that a fault keeps from us forbids everything."""
        at = Target(target.scheme, target.host, target.port, "/robots.txt")
        hops: list[str] = []
        while True:
            answer = self._get(at, "text/plain, */*;q=0.1", deadline)
            onward = answer.headers.get("Location")
            if answer.status not in REDIRECTS or not onward:
                break
            hops.append(at.url)
            try:
                at = self._onward(at, onward, hops)
            except CannotFetch:
                return robots.EVERYTHING
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS or answer.status >= 500:
            raise CannotFetch(Why.UNREACHABLE, f"{target.host} can’t answer just now. Try again later.")
        if answer.status != HTTPStatus.OK:
            return robots.EVERYTHING
        try:
            return robots.read_rules(text_of(answer), ROBOT)
        except CannotFetch:
            raise CannotFetch(
                Why.ROBOTS, f"We can’t read what {target.host} asks of robots, so we didn’t go on."
            ) from None


def _page(target: Target, answer: Answer, hops: Sequence[str]) -> Fetched:
    if not 200 <= answer.status < 300:
        told = STATUS_WORDS.get(answer.status, "has a fault" if answer.status >= 500 else "can’t be opened")
        words = f"That page {told} (status {answer.status}). Check the address."
        raise CannotFetch(Why.STATUS, words, status=answer.status, final_url=target.url)
    try:
        content_type = answer.headers.get_content_type() if answer.headers.get("Content-Type") else ""
        if content_type not in PAGES:
            raise CannotFetch(Why.KIND, "That address isn’t a web page, and we only read those.")
        return Fetched(target.url, answer.status, content_type, text_of(answer), tuple(hops))
    except CannotFetch as problem:
        problem.status, problem.final_url = answer.status, target.url
        raise
