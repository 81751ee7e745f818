"""What was posted: a form sent empty is still sent."""

from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """The posted fields, also when there are none; None when nothing was posted."""
    return request.POST if request.method == "POST" else None
