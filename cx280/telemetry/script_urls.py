"""The addresses below /t/ that are about the script; the collector answers /t/v1/ before Django."""

from django.urls import path

from cx280.telemetry.views import script

app_name = "script"
urlpatterns = [
    path("cx.js", script.script, name="cx"),
    path("try/", script.attempt, name="try"),
]
