"""The addresses of this folder."""

from django.urls import URLPattern, URLResolver, path

from cx280.telemetry.views import flows, plan, sites

app_name = "telemetry"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", sites.overview, name="list"),
    path("<slug:code>/plan/", plan.plan, name="plan"),
    path("<slug:code>/plan.json", plan.plan_json, name="plan-json"),
    path("<slug:code>/plan.csv", plan.plan_csv, name="plan-csv"),
    path("<slug:code>/plan/import/", plan.import_plan, name="import-plan"),
    path("<slug:code>/plan/new/", plan.new_question, name="new-question"),
    path("<slug:code>/plan/questions/<int:pk>/", plan.edit_question, name="question"),
    path(
        "<slug:code>/plan/questions/<int:pk>/remove/", plan.remove_question, name="remove-question"
    ),
    path("<slug:code>/plan/questions/<int:pk>/new/", plan.new_metric, name="new-metric"),
    path("<slug:code>/plan/metrics/<int:pk>/", plan.edit_metric, name="metric"),
    path("<slug:code>/plan/metrics/<int:pk>/remove/", plan.remove_metric, name="remove-metric"),
    path("<slug:code>/sites/", sites.sites, name="sites"),
    path("<slug:code>/sites/new/", sites.new_site, name="new-site"),
    path("<slug:code>/sites/<int:pk>/", sites.site, name="site"),
    path("<slug:code>/sites/<int:pk>/edit/", sites.edit_site, name="edit-site"),
    path("<slug:code>/sites/<int:pk>/enable/", sites.enable, name="enable-site"),
    path("<slug:code>/sites/<int:pk>/disable/", sites.disable, name="disable-site"),
    path("<slug:code>/sites/<int:pk>/held/", sites.decide_held, name="decide-held"),
    path("<slug:code>/flows/", flows.flows, name="flows"),
    path("<slug:code>/flows/new/", flows.new_flow, name="new-flow"),
    path("<slug:code>/flows/<int:pk>/", flows.flow, name="flow"),
    path("<slug:code>/flows/<int:pk>/edit/", flows.edit_flow, name="edit-flow"),
    path("<slug:code>/flows/<int:pk>/change/", flows.change, name="change-flow"),
    path("<slug:code>/practices/", flows.practices, name="practices"),
]
