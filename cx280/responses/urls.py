"""The addresses of this folder."""

from django.urls import path

from cx280.responses.views import answers as views
from cx280.responses.views import calls, entering, phone, printing

app_name = "responses"
urlpatterns = [
    path("", views.surveys, name="list"),
    path("entering/", entering.start, name="entering"),
    path("burden/", views.burden, name="burden"),
    path("burden.csv", views.burden_file, name="burden-file"),
    path("urgent/", views.urgent, name="urgent"),
    path("urgent/<int:pk>/take/", views.take_urgent, name="take"),
    path("urgent/<int:pk>/close/", views.close_urgent, name="close"),
    path("urgent/told/<slug:code>/", views.urgent_contact, name="told"),
    path("<slug:code>/", views.survey, name="survey"),
    path("<slug:code>/paper/", entering.paper, name="paper"),
    path("<slug:code>/paper/forms/", printing.forms, name="forms"),
    path("<slug:code>/paper/forms/<int:pk>.pdf", printing.form_file, name="form-pdf"),
    path("<slug:code>/paper/forms/<int:pk>/", printing.form_page, name="form-page"),
    path("<slug:code>/paper/<int:pk>/", entering.key, name="key"),
    path("<slug:code>/paper/<int:pk>/close/", entering.close, name="close-batch"),
    path("<slug:code>/paper/<int:pk>/again/<slug:number>/", entering.check, name="check"),
    path("<slug:code>/entered/<uuid:pk>/take-back/", entering.take_back, name="take-back"),
    path("<slug:code>/phone/", phone.by_phone, name="by-phone"),
    path("<slug:code>/phone/secret/", phone.change_secret, name="phone-secret"),
    path("<slug:code>/ask/", calls.ask, name="ask"),
    path("<slug:code>/sample/", views.sample, name="sample"),
    path("<slug:code>/export/", views.export, name="export"),
    path("<slug:code>/quarantine/", views.quarantine, name="quarantine"),
    path("<slug:code>/release/", views.release, name="release"),
    path("<slug:code>/import/", views.bring_in, name="import"),
    path("<slug:code>/import/map/", views.import_map, name="map"),
]
