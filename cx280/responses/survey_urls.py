"""The addresses the public answers at: /s/<code>/."""

from django.urls import path

from cx280.responses import survey_views
from cx280.responses.views import voice

app_name = "survey"
urlpatterns = [
    path("<slug:code>/", survey_views.answer, name="answer"),
    path("<slug:code>/thanks/", survey_views.thanks, name="thanks"),
    path("<slug:code>/voice.vxml", voice.voice, name="voice"),
    path("<slug:code>/twiml/", voice.twilio, name="twiml"),
    path("<slug:code>/twiml/ended/", voice.twilio_ended, name="twiml-ended"),
]
