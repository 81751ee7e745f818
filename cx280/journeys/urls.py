"""The addresses of this folder: /journeys/…"""

from django.urls import path

from cx280.journeys.views import along, editing, files, history, maps, steps

app_name = "journeys"
urlpatterns = [
    path("", maps.journeys, name="list"),
    path("new/<slug:code>/", editing.new, name="new"),
    path("new/<slug:code>/file/", editing.bring, name="bring"),
    path("shared/<int:pk>/", maps.shared, name="shared"),
    path("<int:pk>/", maps.journey, name="journey"),
    path("<int:pk>/blueprint/", maps.blueprint, name="blueprint"),
    path("<int:pk>/evidence/", maps.evidence, name="evidence"),
    path("<int:pk>/along/", along.along, name="along"),
    path("<int:pk>/along/follow/", along.follow, name="follow"),
    path("<int:pk>/versions/", history.history, name="history"),
    path("<int:pk>/versions/<int:number>/", history.version, name="version"),
    path("<int:pk>/versions/<int:number>/restore/", history.restore, name="restore"),
    path("<int:pk>/journey.json", files.download, {"kind": "json"}, name="json"),
    path("<int:pk>/journey.svg", files.download, {"kind": "svg"}, name="svg"),
    path("<int:pk>/journey.html", files.download, {"kind": "html"}, name="html"),
    path("<int:pk>/edit/", editing.edit, name="edit"),
    path("<int:pk>/about/", editing.about, name="about"),
    path("<int:pk>/replace/", editing.replace, name="replace"),
    path("<int:pk>/remove/", editing.remove, name="remove"),
    path("<int:pk>/steps/<int:step>/", steps.step, name="step"),
]
