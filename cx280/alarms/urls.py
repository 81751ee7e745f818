"""The addresses of this folder."""

from django.urls import URLPattern, URLResolver, path

from cx280.alarms.views import addresses, dealing, history, incident, now, offices, watched

app_name = "alarms"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", now.now, name="now"),
    path("history/", history.history, name="history"),
    path("history.csv", history.history_csv, name="history-csv"),
    path("addresses/", addresses.addresses, name="addresses"),
    path("addresses/new/", addresses.new, name="new-address"),
    path("addresses/<int:pk>/", addresses.edit, name="address"),
    path("addresses/<int:pk>/secret/", addresses.secret, name="secret"),
    path("addresses/<int:pk>/remove/", addresses.remove, name="remove-address"),
    path("watched/", watched.services, name="watched"),
    path("watched/<slug:code>/", watched.service, name="service"),
    path("watched/<slug:code>/offices/", offices.offices, name="offices"),
    path("watched/<slug:code>/sensitivity/", watched.sensitivity, name="sensitivity"),
    path("watched/<slug:code>/work/", watched.maintenance, name="maintenance"),
    path("watched/<slug:code>/work/<int:pk>/cancel/", watched.cancel, name="cancel"),
    path("watched/<slug:code>/<int:pk>/switch/", watched.switch_it, name="switch"),
    path("watched/<slug:code>/<int:pk>/mute/", watched.mute_it, name="mute"),
    path("<int:pk>/", incident.incident, name="incident"),
    path("<int:pk>/take/", dealing.take, name="take"),
    path("<int:pk>/put-off/", dealing.put_off, name="put-off"),
    path("<int:pk>/close/", dealing.close, name="close"),
    path("<int:pk>/open/", dealing.open_it, name="open"),
    path("<int:pk>/owner/", dealing.give, name="give"),
    path("<int:pk>/note/", dealing.note, name="note"),
    path("<int:pk>/action/", dealing.action, name="action"),
]
