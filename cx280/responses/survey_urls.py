"""The addresses the public answers at: /s/<code>/."""

from django.urls import path

from cx280.responses import embedded, kiosk_views, survey_views
from cx280.responses.views import voice

app_name = "survey"
urlpatterns = [
    path("<slug:code>/", survey_views.answer, name="answer"),
    path("<slug:code>/touched.svg", survey_views.touched, name="touched"),
    path("<slug:code>/thanks/", survey_views.thanks, name="thanks"),
    path("<slug:code>/offered/", embedded.offered, name="offered"),
    path("<slug:code>/began/", embedded.began, name="began"),
    path("<slug:code>/kiosk/", kiosk_views.kiosk, name="kiosk"),
    path("<slug:code>/kiosk/thanks/", kiosk_views.thanks, name="kiosk-thanks"),
    path("<slug:code>/kiosk/answers", kiosk_views.answers, name="kiosk-answers"),
    path("<slug:code>/kiosk/worker.js", kiosk_views.worker, name="kiosk-worker"),
    path("<slug:code>/kiosk/set-up/<slug:secret>/", kiosk_views.become, name="kiosk-set-up"),
    path("<slug:code>/voice.vxml", voice.voice, name="voice"),
    path("<slug:code>/twiml/", voice.twilio, name="twiml"),
    path("<slug:code>/twiml/ended/", voice.twilio_ended, name="twiml-ended"),
]
