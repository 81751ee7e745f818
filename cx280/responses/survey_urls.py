"""The addresses the public answers at: /s/<code>/."""

from django.urls import URLPattern, URLResolver

app_name = "survey"
urlpatterns: list[URLPattern | URLResolver] = []
