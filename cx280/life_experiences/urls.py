"""The addresses of this folder: /life-experiences/…; those below work/ are for people signed in."""

from django.urls import path

from cx280.life_experiences.views import deciding, public, work

app_name = "life_experiences"
urlpatterns = [
    path("", public.experiences, name="public-list"),
    path("work/", work.experiences, name="list"),
    path("work/new/", deciding.new, name="new"),
    path("work/<slug:code>/", work.experience, name="experience"),
    path("work/<slug:code>/edit/", deciding.edit, name="edit"),
    path("work/<slug:code>/members/", deciding.member, name="member"),
    path("work/<slug:code>/services/", work.service, name="service"),
    path("work/<slug:code>/milestones/", work.milestone, name="milestone"),
    path("work/<slug:code>/milestones/<int:pk>/", deciding.progress, name="progress"),
    path("work/<slug:code>/<slug:part>/<int:pk>/in/", deciding.take_in, name="take-in"),
    path("work/<slug:code>/<slug:part>/<int:pk>/out/", deciding.take_out, name="take-out"),
    path("<slug:code>/", public.experience, name="public"),
    path("<slug:code>/file.json", public.experience_json, name="public-json"),
]
