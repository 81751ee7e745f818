"""ProblemsAsPages: every Problem becomes a page, or a problem+json document for a program."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render

from cx280.kernel.problem import Problem


class ProblemsAsPages:
    """Catches Problem once, at the edge, and answers in the form the asker reads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, problem: Exception
    ) -> HttpResponseBase | None:
        """A page or problem+json (RFC 9457) for a Problem; anything else is left to Django."""
        if not isinstance(problem, Problem):
            return None
        if request.path.startswith(("/api/", "/data/v1/")):
            return JsonResponse(
                problem_document(problem),
                status=problem.status,
                content_type="application/problem+json",
            )
        return render(request, "pages/problem.html", {"problem": problem}, status=problem.status)


def problem_document(problem: Problem) -> dict[str, object]:
    """The problem as RFC 9457 writes it, with rule, field and fix where known."""
    document: dict[str, object] = {
        "type": "about:blank",
        "title": problem.message,
        "status": problem.status,
    }
    for name in ("rule", "field", "fix"):
        value = getattr(problem, name)
        if value:
            document[name] = value
    return document
