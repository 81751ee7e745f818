"""A program that calls /api/v1/ with a person's key."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from cx280.accounts import actions
from cx280.accounts.models import Person

JSON = "application/json"
PROBLEM = "application/problem+json"


class Program:
    """Calls the API as one person; answers are parsed JSON, refusals are given as they came."""

    def __init__(self, person: Person) -> None:
        key = actions.make_key(person, name="test", by=person)
        self.client = Client(headers={"Authorization": f"Bearer {key}"})

    def read(self, path: str) -> Any:  # noqa: ANN401  JSON is anything
        """What stands at the address; fails unless the answer is 200."""
        answer = self.client.get(f"/api/v1{path}")
        assert answer.status_code == 200, answer.content
        return answer.json()

    def send(self, path: str, body: object, method: str = "POST") -> HttpResponse:
        """The answer to a JSON body; a string is sent as it is."""
        answer: HttpResponse = self.client.generic(  # type: ignore[assignment]
            method,
            f"/api/v1{path}",
            body if isinstance(body, str) else json.dumps(body),
            content_type=JSON,
        )
        return answer

    def refused(self, path: str) -> tuple[int, str]:
        """The status and the kind of the answer to a GET."""
        answer = self.client.get(f"/api/v1{path}")
        return answer.status_code, answer.headers["Content-Type"]
