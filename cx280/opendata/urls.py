"""The addresses of this folder."""

from typing import cast

from django.urls import URLPattern, URLResolver, path, re_path

from cx280.accounts.access import PUBLIC
from cx280.accounts.api_access import api_urls
from cx280.opendata.api import api
from cx280.opendata.caching import open_answer
from cx280.opendata.views import data, rules, service, start

app_name = "opendata"


def open_api() -> tuple[list[URLPattern | URLResolver], str, str]:
    """The addresses of /data/v1/, each open to everybody and cacheable."""
    patterns, application, namespace = api_urls(api, open_to=PUBLIC)
    for each in patterns:
        pattern = cast(URLPattern, each)
        pattern.callback = open_answer(pattern.callback)
    return patterns, application, namespace


urlpatterns: list[URLPattern | URLResolver] = [
    path("data/", data.data, name="data"),
    path("data/how-we-know/", data.how_we_know, name="how-we-know"),
    path("data/services/", start.services, name="services"),
    path("data/services/<slug:code>/", service.service, name="service"),
    path("data/v1/", open_api()),
    re_path(r"^data/v1/(?P<rest>.*)$", data.nothing_here),
    path("rules/", rules.rules, name="rules"),
    path("rules/<str:rule_id>/", rules.rule, name="rule"),
]
