"""The addresses of this folder: /research/…"""

from django.urls import path

from cx280.research.views import insights, rounds, standing, studies, words

app_name = "research"
urlpatterns = [
    path("", standing.standing, name="standing"),
    path("insights/", insights.insights, name="insights"),
    path("insights.csv", insights.insights_csv, name="insights-csv"),
    path("insights.json", insights.insights_json, name="insights-json"),
    path("insights/new/", insights.new, name="new-insight"),
    path("insights/<int:pk>/", insights.insight, name="insight"),
    path("insights/<int:pk>/edit/", insights.edit, name="edit-insight"),
    path("insights/<int:pk>/evidence/", insights.evidence, name="add-evidence"),
    path("insights/<int:pk>/confirm/", insights.confirm, name="confirm-insight"),
    path("insights/<int:pk>/retire/", insights.retire, name="retire-insight"),
    path("studies/", studies.studies, name="studies"),
    path("studies.csv", studies.studies_file, name="studies-csv"),
    path("studies/new/", studies.new, name="new-study"),
    path("studies/<int:pk>/", studies.study, name="study"),
    path("studies/<int:pk>/edit/", studies.edit, name="edit-study"),
    path("studies/<int:pk>/participants/", studies.count, name="count-participants"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds.csv", rounds.rounds_file, name="rounds-csv"),
    path("rounds/new/", rounds.new, name="new-round"),
    path("rounds/<int:pk>/", rounds.edit, name="edit-round"),
    path("words/", words.words, name="words"),
    path("words/<slug:what>/", words.add, name="add-word"),
]
