"""The addresses of this folder."""

from django.urls import URLPattern, URLResolver, path

from cx280.dashboards.views.codebook import codebook, comment, new_theme, retire, theme
from cx280.dashboards.views.comments import comments
from cx280.dashboards.views.compare import compare
from cx280.dashboards.views.did_it_help import did_it_help
from cx280.dashboards.views.digital import flow, service_online, speed
from cx280.dashboards.views.drivers import drivers
from cx280.dashboards.views.explore import explore
from cx280.dashboards.views.government import government
from cx280.dashboards.views.groups import groups
from cx280.dashboards.views.live import live
from cx280.dashboards.views.long_series import over_time
from cx280.dashboards.views.nonresponse import nonresponse
from cx280.dashboards.views.proof import proof
from cx280.dashboards.views.providers import provider
from cx280.dashboards.views.raters import flow_raters
from cx280.dashboards.views.service import service
from cx280.dashboards.views.today import digest, today
from cx280.dashboards.views.type_drivers import type_drivers
from cx280.dashboards.views.units import units
from cx280.dashboards.views.ways import ways

app_name = "dashboards"
urlpatterns: list[URLPattern | URLResolver] = [
    path("today/", today, name="today"),
    path("today/digest/", digest, name="digest"),
    path("measures/<slug:code>/", service, name="service"),
    path("measures/<slug:code>/units/", units, name="units"),
    path("measures/<slug:code>/groups/", groups, name="groups"),
    path("measures/<slug:code>/comments/", comments, name="comments"),
    path("measures/<slug:code>/nonresponse/", nonresponse, name="nonresponse"),
    path("measures/<slug:code>/digital/", service_online, name="digital"),
    path("measures/<slug:code>/digital/now/", live, name="live"),
    path("measures/<slug:code>/digital/speed/", speed, name="speed"),
    path("measures/<slug:code>/digital/time/", over_time, name="over-time"),
    path("measures/<slug:code>/digital/change/", did_it_help, name="did-it-help"),
    path("measures/<slug:code>/digital/explore/", explore, name="explore"),
    path("measures/<slug:code>/digital/ways/", ways, name="ways"),
    path("measures/<slug:code>/digital/flows/<str:key>/", flow, name="flow"),
    path("measures/<slug:code>/digital/flows/<str:key>/raters/", flow_raters, name="flow-raters"),
    path("measures/<slug:code>/comments/<int:pk>/", comment, name="comment"),
    path("codebook/", codebook, name="codebook"),
    path("codebook/<slug:agency>/new/", new_theme, name="new-theme"),
    path("codebook/<slug:agency>/<slug:code>/", theme, name="theme"),
    path("codebook/<slug:agency>/<slug:code>/retire/", retire, name="retire-theme"),
    path("government/", government, name="government"),
    path("government/compare/", compare, name="compare"),
    path("measures/<slug:code>/drivers/", drivers, name="drivers"),
    path("government/drivers/", type_drivers, name="type_drivers"),
    path("surveys/<slug:code>/reach/", proof, name="proof"),
    path("providers/<slug:code>/", provider, name="provider"),
]
