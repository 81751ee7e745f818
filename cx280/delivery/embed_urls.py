"""The addresses below /t/ that show surveys on websites; each is the same for everybody."""

from django.urls import path

from cx280.delivery.views import shown

app_name = "embed"
urlpatterns = [
    path("ask.js", shown.script, name="script"),
    path("ask/<slug:code>.json", shown.settings, name="settings"),
]
