"""The addresses of surveys; /surveys/new/ and its like stand before any code."""

from django.urls import path

from cx280.surveys.views import (
    builder,
    discussions,
    languages,
    lists,
    opening,
    plan,
    sharing,
    touchpoints,
)

app_name = "surveys"
urlpatterns = [
    path("", lists.surveys, name="list"),
    path("new/", lists.new, name="new"),
    path("discussions/", discussions.discussions, name="discussions"),
    path("discussions/new/", discussions.record, name="record-discussion"),
    path("plan/new/", plan.add_other, name="add-other"),
    path("plan/<int:pk>/", plan.edit_other, name="edit-other"),
    path("touchpoints/", touchpoints.touchpoints, name="touchpoints"),
    path("touchpoints.csv", touchpoints.touchpoints_file, name="touchpoints-file"),
    path("<slug:code>/", builder.builder, name="builder"),
    path("<slug:code>/preview/", builder.preview, name="preview"),
    path("<slug:code>/about/", opening.about, name="about"),
    path("<slug:code>/languages/", languages.languages, name="languages"),
    path("<slug:code>/open/", opening.open_survey, name="open"),
    path("<slug:code>/close/", opening.close_survey, name="close"),
    path("<slug:code>/share/", sharing.share, name="share"),
    path("<slug:code>/code.svg", sharing.code_image, name="code"),
    path("<slug:code>/document.json", sharing.document_file, name="document"),
    path("<slug:code>/document/", sharing.read_file, name="read-file"),
    path("<slug:code>/versions/<int:number>.json", sharing.document_file, name="version"),
]
