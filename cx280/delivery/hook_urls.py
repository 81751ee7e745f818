"""The public addresses by which providers tell what became of messages: /hooks/…."""

from django.urls import path

from cx280.delivery.views import hooks

app_name = "hooks"
urlpatterns = [
    path("texts/twilio/", hooks.twilio, name="twilio"),
    path("texts/", hooks.texts, name="texts"),
    path("mail/", hooks.mail, name="mail"),
]
