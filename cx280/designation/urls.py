"""The addresses of this folder: /designation/…"""

from django.urls import path

from cx280.designation.views import (
    assessments,
    backlog,
    files,
    meetings,
    moving,
    proposals,
    writing,
)

app_name = "designation"
urlpatterns = [
    path("", proposals.proposals, name="list"),
    path("modernize/", backlog.to_modernize, name="backlog"),
    path("assessments/", assessments.assessments, name="assessments"),
    path("<slug:hisp>/<int:year>/", proposals.proposal, name="proposal"),
    path("<slug:hisp>/<int:year>/choose/", writing.choose_service, name="choose"),
    path("<slug:hisp>/<int:year>/drop/<slug:code>/", writing.drop_service, name="drop"),
    path("<slug:hisp>/<int:year>/figures/<slug:code>/", writing.figures, name="figures"),
    path("<slug:hisp>/<int:year>/take-over/", writing.take_over, name="take-over"),
    path("<slug:hisp>/<int:year>/weights/", writing.weights, name="weights"),
    path("<slug:hisp>/<int:year>/reason/", writing.reason, name="reason"),
    path("<slug:hisp>/<int:year>/sign/", moving.sign, name="sign"),
    path("<slug:hisp>/<int:year>/return/", moving.give_back, name="return"),
    path("<slug:hisp>/<int:year>/concur/", moving.concur, name="concur"),
    path("<slug:hisp>/<int:year>/meetings/", meetings.meetings, name="meetings"),
    path("<slug:hisp>/<int:year>/meetings/new/", meetings.new, name="new-meeting"),
    path("<slug:hisp>/<int:year>/meetings/<int:pk>/", meetings.edit, name="meeting"),
    path("<slug:hisp>/<int:year>/impact.csv", files.impact_csv, name="csv"),
    path("<slug:hisp>/<int:year>/proposal.json", files.proposal_json, name="json"),
]
