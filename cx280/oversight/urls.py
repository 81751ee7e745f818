"""The addresses of OMB's console: /oversight/…"""

from django.urls import path

from cx280.oversight.views import console, findings, lists

app_name = "oversight"
urlpatterns = [
    path("", console.console, name="console"),
    path("waiting/", lists.waiting, name="waiting"),
    path("handed-in/", lists.handed_in, name="handed-in"),
    path("releases/", lists.releases, name="releases"),
    path("groups/", lists.groups, name="groups"),
    path("findings/", findings.findings, name="findings"),
    path("findings/<str:rule>/", findings.finding, name="finding"),
]
