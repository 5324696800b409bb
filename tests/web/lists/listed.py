"""A list made as a visitor makes it, and its edit page's forms pressed as a visitor presses them."""

import re
from dataclasses import dataclass

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


@dataclass(frozen=True, slots=True)
class Making:
    """A list in the making: where its edit page is, and who presses the buttons."""

    client: FlaskClient
    edit: str

    @property
    def page(self) -> str:
        """Give the edit page."""
        answer = self.client.get(self.edit)
        assert answer.status_code == 200
        return answer.text

    @property
    def address(self) -> str:
        """Give the list's short address."""
        found = re.search(r"/l/([a-z0-9]{7})<", self.page)
        assert found
        return found[1]

    @property
    def class_code(self) -> str:
        """Give the class code, as the page shows it."""
        found = re.search(r"Class code</dt><dd><b>(.*?)</b>", self.page)
        assert found
        return found[1]

    @property
    def pins(self) -> list[int]:
        """Give the ids of what is pinned, in their order on the page."""
        return [int(id) for id in re.findall(r'id="pin-(\d+)"', self.page)]

    def post(self, path: str, **said: str | int) -> TestResponse:
        """Send one of the page's forms."""
        return self.client.post(f"{self.edit}{path}", data=said)

    def do(self, path: str, **said: str | int) -> str:
        """Send one of the page's forms, and give the page it leads to."""
        answer = self.post(path, **said)
        assert answer.status_code == 303, answer.text
        return self.client.get(answer.headers["Location"]).text


def make_list(client: FlaskClient, **said: str) -> Making:
    """Make a list."""
    answer = client.post("/lists/new", data={"title": "Year 12 biology: spring options", **said})
    assert answer.status_code == 303, answer.text
    return Making(client, answer.headers["Location"].split("?")[0])
