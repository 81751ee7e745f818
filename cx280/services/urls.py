"""The addresses of this folder; words beside the services are reserved in rules/names.py."""

from django.urls import URLPattern, URLResolver, path

from cx280.services.views import (
    cycles,
    files,
    inventory,
    occasions,
    parts,
    providers,
    service,
)

app_name = "services"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", inventory.services, name="list"),
    path("new/", service.new_service, name="new"),
    path("import/", files.import_file, name="import"),
    path("export/services.csv", files.export_csv, name="export-csv"),
    path("export/services.json", files.export_json, name="export-json"),
    path("occasions/", occasions.occasions, name="occasions"),
    path("occasions.csv", occasions.occasions_csv, name="occasions-csv"),
    path("inventory/", cycles.cycles, name="cycles"),
    path("inventory/open/", cycles.open_cycle, name="open-cycle"),
    path("inventory/<int:pk>/", cycles.cycle, name="cycle"),
    path("inventory/<int:pk>/review/", cycles.review, name="review-cycle"),
    path("inventory/<int:pk>/return/", cycles.give_back, name="return-cycle"),
    path("inventory/<int:pk>/certify/", cycles.certify, name="certify"),
    path("inventory/<int:pk>/services.json", cycles.certified_json, name="certified-json"),
    path("providers/", providers.hisps, name="hisps"),
    path("providers/import/", providers.import_list, name="import-hisps"),
    path("providers/<slug:code>/", providers.hisp, name="hisp"),
    path("providers/<slug:code>/edit/", providers.edit_hisp, name="edit-hisp"),
    path("designations/<int:pk>/end/", providers.end, name="end-designation"),
    path("<slug:code>/", service.service, name="service"),
    path("<slug:code>/edit/", service.edit_service, name="edit"),
    path("<slug:code>/retire/", service.retire, name="retire"),
    path("<slug:code>/return/", service.bring_back, name="return"),
    path("<slug:code>/reasons/", service.give_reason, name="reason"),
    path("<slug:code>/worksheet/", files.worksheet, name="worksheet"),
    path("<slug:code>/worksheet.txt", files.worksheet_text, name="worksheet-text"),
    path("<slug:code>/<slug:part>/", parts.part, name="part"),
    path("<slug:code>/<slug:part>/<int:pk>/remove/", parts.remove, name="remove-part"),
    path("<slug:code>/channels/<int:pk>/retire/", parts.retire_channel, name="retire-channel"),
]
