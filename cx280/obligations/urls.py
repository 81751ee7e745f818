"""The addresses of this folder: /year/…"""

from django.urls import path

from cx280.obligations.views import calendars, handing_in, matrix, year

app_name = "obligations"
urlpatterns = [
    path("", year.year, name="year"),
    path("obligations.csv", year.year_file, name="year-file"),
    path("government/", matrix.matrix, name="matrix"),
    path("government/obligations.csv", matrix.matrix_file, name="matrix-file"),
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar/renew/", calendars.renew, name="renew-calendar"),
    path("calendar/<str:token>/cx280.ics", calendars.feed, name="feed"),
    path("<int:pk>/", handing_in.obligation, name="obligation"),
    path("<int:pk>/sign/", handing_in.sign, name="sign"),
    path("<int:pk>/withdraw/", handing_in.withdraw, name="withdraw"),
]
