"""Every address of cx280, by the folder that answers it."""

from django.urls import include, path

from cx280.site import views

urlpatterns = [
    path("", views.front, name="front"),
    path("health", views.health, name="health"),
    path("system/", views.system, name="system"),
    path("account/", include("cx280.accounts.urls")),
    path("organizations/", include("cx280.accounts.organizations.urls")),
    path("services/", include("cx280.services.urls")),
    path("clearances/", include("cx280.paperwork.urls")),
    path("clearances/", include("cx280.clearance.urls")),
    path("surveys/", include("cx280.dashboards.plan_urls")),
    path("surveys/", include("cx280.delivery.urls")),
    path("surveys/", include("cx280.surveys.urls")),
    path("telemetry/imported/", include("cx280.telemetry.imported_urls")),
    path("telemetry/", include("cx280.telemetry.urls")),
    path("s/", include("cx280.responses.survey_urls")),
    path("q/", include("cx280.responses.short_urls")),
    path("m/", include("cx280.delivery.stop_urls")),
    path("hooks/", include("cx280.delivery.hook_urls")),
    path("t/", include("cx280.telemetry.script_urls")),
    path("t/", include("cx280.delivery.embed_urls")),
    path("responses/", include("cx280.responses.urls")),
    path("alarms/", include("cx280.alarms.urls")),
    path("quarter/", include("cx280.reporting.urls")),
    path("research/", include("cx280.research.urls")),
    path("burden/", include("cx280.burden.urls")),
    path("plans/", include("cx280.plans.urls")),
    path("year/", include("cx280.obligations.urls")),
    path("talks/", include("cx280.deep_dive.urls")),
    path("oversight/", include("cx280.oversight.urls")),
    path("", include("cx280.dashboards.urls")),
    path("", include("cx280.opendata.urls")),
    path("touchpoints/v1/", include("cx280.touchpoints.urls")),
    path("api/v1/", include("cx280.site.api_urls")),
]
