"""The API for people signed in and for programs with a key: /api/v1/"""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
