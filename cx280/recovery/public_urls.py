"""Where who has answered may leave how to reach them: /s/<code>/contact/."""

from django.urls import path

from cx280.recovery.views import public

app_name = "contact"
urlpatterns = [path("<slug:code>/contact/", public.contact, name="leave")]
