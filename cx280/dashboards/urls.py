"""The addresses of this folder."""

from django.urls import URLPattern, URLResolver, path

from cx280.dashboards.views.government import government
from cx280.dashboards.views.providers import provider

app_name = "dashboards"
urlpatterns: list[URLPattern | URLResolver] = [
    path("government/", government, name="government"),
    path("providers/<slug:code>/", provider, name="provider"),
]
