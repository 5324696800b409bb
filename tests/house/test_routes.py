"""Every way in says who may enter, and looking never changes anything."""

from flask import Flask

from directory.web.access import audience_of

CHANGING = {"POST", "PUT", "PATCH", "DELETE"}


def test_every_route_says_who_may_enter(app: Flask) -> None:
    undecided = [rule.rule for rule in app.url_map.iter_rules() if not audience_of(app.view_functions[rule.endpoint])]
    assert undecided == []


def test_a_route_either_shows_or_changes(app: Flask) -> None:
    both = [
        rule.rule for rule in app.url_map.iter_rules() if rule.methods and {"GET", *CHANGING} & rule.methods > {"GET"}
    ]
    assert both == []
