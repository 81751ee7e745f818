"""The addresses of imported counts, apart from those of the record."""

from django.urls import path

from cx280.telemetry.views.imported import imported

app_name = "imported"
urlpatterns = [path("", imported, name="imported")]
