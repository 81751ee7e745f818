"""The public address by which people stop being asked: /m/<token>/."""

from django.urls import path

from cx280.delivery.views import stop

app_name = "stop"
urlpatterns = [path("<str:token>/", stop.stop, name="stop")]
