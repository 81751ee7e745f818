"""The addresses of this folder: /recovery/…"""

from django.urls import path

from cx280.recovery.views import staff

app_name = "recovery"
urlpatterns = [
    path("", staff.wishes, name="wishes"),
    path("<int:pk>/", staff.wish, name="wish"),
    path("<int:pk>/read/", staff.read, name="read"),
    path("<int:pk>/close/", staff.close, name="close"),
    path("surveys/<slug:code>/", staff.survey, name="survey"),
]
