"""What people and programs see when something cannot be done."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from cx280.kernel.problem import Conflict, NotFound
from cx280.pages.middleware import ProblemsAsPages


def answer(path: str, problem: Exception) -> HttpResponse | None:
    """What the middleware makes of the problem."""
    request: HttpRequest = RequestFactory().get(path)
    request.user = AnonymousUser()
    request.session = {}  # type: ignore[assignment]
    found = ProblemsAsPages(lambda _: HttpResponse()).process_exception(request, problem)
    assert found is None or isinstance(found, HttpResponse)
    return found


@pytest.mark.django_db
def test_a_problem_becomes_a_page_with_its_sentence_rule_and_way_out() -> None:
    problem = Conflict("“Boat” has no approval.", rule="280.11-a1", fix="Ask for a clearance.")

    found = answer("/surveys/boat/", problem)

    assert found is not None
    said = found.content.decode()
    assert found.status_code == 409
    assert "“Boat” has no approval." in said
    assert "Ask for a clearance." in said
    assert "Rule 280.11-a1" in said


def test_a_program_gets_problem_json() -> None:
    found = answer("/api/v1/surveys/x", NotFound("There is no survey x."))

    assert found is not None
    assert found["Content-Type"] == "application/problem+json"
    assert json.loads(found.content)["title"] == "There is no survey x."


def test_other_errors_are_left_to_django() -> None:
    assert answer("/", ValueError("bug")) is None


@pytest.mark.django_db
def test_an_address_that_does_not_exist_is_a_page_without_cookies(client: Client) -> None:
    found = client.get("/there/is/nothing/")

    assert found.status_code == 404
    assert "There is no page here" in found.content.decode()
    assert not found.cookies


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_pages_for_errors_need_nothing_from_the_request(name: str) -> None:
    said = render_to_string(name)

    assert said.count("<h1>") == 1
    assert 'href="/"' in said
