"""The addresses the public answers at: /s/<code>/."""

from django.urls import path

from cx280.responses import embedded, survey_views

app_name = "survey"
urlpatterns = [
    path("<slug:code>/", survey_views.answer, name="answer"),
    path("<slug:code>/touched.svg", survey_views.touched, name="touched"),
    path("<slug:code>/thanks/", survey_views.thanks, name="thanks"),
    path("<slug:code>/offered/", embedded.offered, name="offered"),
    path("<slug:code>/began/", embedded.began, name="began"),
]
