"""The addresses of this folder: /indicators/…"""

from django.urls import path

from cx280.indicators.views import indicator, papers, public, register, scorecard

app_name = "indicators"
urlpatterns = [
    path("", register.register, name="list"),
    path("new/", indicator.new, name="new"),
    path("published/", papers.published, name="published"),
    path("services/<slug:code>/", scorecard.scorecard, name="scorecard"),
    path("<int:pk>/", indicator.indicator, name="indicator"),
    path("<int:pk>/edit/", indicator.edit, name="edit"),
    path("<int:pk>/year/", indicator.year, name="year"),
    path("<int:pk>/retire/", indicator.retire, name="retire"),
    path("drafts/<slug:agency>/<slug:paper>/<int:year>/", papers.draft, name="draft"),
    path(
        "drafts/<slug:agency>/<slug:paper>/<int:year>/file.<slug:ending>",
        papers.draft_file,
        name="draft-file",
    ),
    path("drafts/<slug:agency>/<slug:paper>/<int:year>/publish/", papers.publish, name="publish"),
    path("drafts/<slug:agency>/<int:year>/explain/", papers.explain, name="explain"),
    path("public/<slug:agency>/<slug:paper>/<int:year>/", public.paper, name="public"),
    path(
        "public/<slug:agency>/<slug:paper>/<int:year>/file.<slug:ending>",
        public.paper_file,
        name="public-file",
    ),
]
