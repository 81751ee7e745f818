"""The address on a poster: /q/7-52-3/; typed without the last stroke, Django adds it."""

from django.urls import path

from cx280.responses import survey_views

app_name = "short"
urlpatterns = [path("<slug:name>/", survey_views.short, name="survey")]
