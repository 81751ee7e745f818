"""The addresses of this folder: /talks/…"""

from django.urls import path

from cx280.deep_dive.views import follow_ups, talks

app_name = "deep_dive"
urlpatterns = [
    path("", talks.talks, name="list"),
    path("plan/", talks.plan, name="plan"),
    path("follow-ups/", follow_ups.follow_ups, name="follow-ups"),
    path("<int:pk>/", talks.talk, name="talk"),
    path("<int:pk>/change/", talks.change, name="change"),
    path("<int:pk>/held/", talks.held, name="held"),
    path("<int:pk>/cancel/", talks.cancel, name="cancel"),
    path("<int:pk>/follow-ups/", follow_ups.add, name="add-follow-up"),
    path("<int:pk>/follow-ups/<int:follow_up>/", follow_ups.close, name="close-follow-up"),
]
