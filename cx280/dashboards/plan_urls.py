"""The addresses of the measurement plan; they stand below /surveys/, before any survey's."""

from django.urls import path

from cx280.dashboards.views import impact, plan

app_name = "plan"
urlpatterns = [
    path("plan/", plan.plan, name="plan"),
    path("plan/first/", impact.first, name="first"),
    path("plan/first/<slug:code>/", impact.edit, name="impact"),
    path("plan.csv", plan.plan_file, name="file"),
    path("plan.xlsx", plan.plan_workbook, name="workbook"),
]
