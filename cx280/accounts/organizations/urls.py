"""The addresses of the organization tree, below /organizations/."""

from django.urls import path

from cx280.accounts.organizations import views

app_name = "agencies"
urlpatterns = [
    path("", views.organizations, name="list"),
    path("units.csv", views.download, name="csv"),
    path("new/", views.new, name="new"),
    path("import/", views.import_file, name="import"),
    path("planned/<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<slug:code>/", views.organization, name="organization"),
    path("<slug:code>/change/", views.change, name="change"),
    path("<slug:code>/end/", views.end, name="end"),
    path("<slug:code>/reopen/", views.reopen, name="reopen"),
]
