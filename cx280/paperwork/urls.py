"""The addresses of this folder; they stand beside those of clearances."""

from django.urls import path

from cx280.paperwork.views import burdens, requests, review, statement, studies, survey

app_name = "paperwork"
urlpatterns = [
    path("requests/", requests.listed, name="list"),
    path("requests/new/", requests.start, name="start"),
    path("requests/<int:pk>/", review.request_page, name="request"),
    path("requests/<int:pk>/edit/", requests.edit, name="edit"),
    path("requests/<int:pk>/reason/", requests.justify, name="justify"),
    path("requests/<int:pk>/copy/", requests.copy, name="copy"),
    path("requests/<int:pk>/remove/", requests.remove, name="remove"),
    path("requests/<int:pk>/step/<slug:step>/", review.take, name="step"),
    path("requests/<int:pk>/file/<slug:form>/", review.file, name="file"),
    path("burden/", burdens.listed, name="burdens"),
    path("burden/<slug:code>/", burdens.burden, name="burden"),
    path("burden/<slug:code>/segments.csv", burdens.burden_file, name="burden-file"),
    path("burden/<slug:code>/estimate/", burdens.add_estimate, name="add-burden"),
    path("burden/<slug:code>/change/", burdens.add_change, name="add-change"),
    path("<int:pk>/statement/<slug:form>/", statement.statement, name="statement"),
    path("surveys/<slug:code>/", survey.survey, name="survey"),
    path("studies/", studies.listed, name="studies"),
    path("studies/new/", studies.new, name="new-study"),
    path("studies/<int:pk>/", studies.study, name="study"),
    path("studies/<int:pk>/edit/", studies.edit, name="edit-study"),
    path("studies/<int:pk>/took-part/", studies.took_part, name="took-part"),
    path("studies/<int:pk>/findings/", studies.add_finding, name="add-finding"),
    path("studies/<int:pk>/findings/<int:number>/", studies.edit_finding, name="edit-finding"),
]
