"""The addresses of this folder: /capacity/…"""

from django.urls import path

from cx280.capacity.views import assessments, documents, parts, registers, templates

app_name = "capacity"
urlpatterns = [
    path("", assessments.assessments, name="list"),
    path("templates/", templates.templates, name="templates"),
    path("templates/<slug:code>/<int:version>/", templates.template, name="template"),
    path("roles/", registers.roles, name="roles"),
    path("registers/", registers.registers, name="registers"),
    path("registers/lessons.json", registers.lessons_file, name="lessons"),
    path("registers/<slug:register>/", registers.register, name="register"),
    path("registers/<slug:register>.csv", registers.register_file, name="register-file"),
    path("registers/<slug:register>/<int:pk>/withdraw/", registers.withdraw, name="withdraw"),
    path("<int:pk>/", assessments.assessment, name="assessment"),
    path("<int:pk>/move/<slug:step>/", assessments.move, name="move"),
    path("<int:pk>/explain/", assessments.explain, name="explain"),
    path("<int:pk>/document/", documents.document, name="document"),
    path("<int:pk>/assessment.pdf", documents.document_pdf, name="pdf"),
    path("<int:pk>/assessment.json", documents.document_json, name="json"),
    path("<int:pk>/assessment.csv", documents.document_csv, name="csv"),
    path("<int:pk>/<slug:code>/", parts.part, name="part"),
]
