"""The addresses of this folder: /plans/…"""

from django.urls import path

from cx280.plans.views import acting, actions, pain_points, plans, public, reviewing, templates

app_name = "plans"
urlpatterns = [
    path("", plans.plans, name="list"),
    path("act/<slug:code>/", acting.act, name="act"),
    path("pain-points/", pain_points.pain_points, name="pain-points"),
    path("public/<slug:hisp>/<int:year>/", public.plan, name="public"),
    path("public/<slug:hisp>/<int:year>/plan.json", public.plan_json, name="public-json"),
    path("public/<slug:hisp>/<int:year>/plan.pdf", public.plan_pdf, name="public-pdf"),
    path("templates/", templates.templates, name="templates"),
    path("templates/<slug:code>/<int:version>/", templates.template, name="template"),
    path("<int:pk>/", plans.plan, name="plan"),
    path("<int:pk>/template/", templates.choose, name="choose-template"),
    path("<int:pk>/summary/", plans.summary, name="summary"),
    path("<int:pk>/explain/", plans.explain, name="explain"),
    path("<int:pk>/move/<slug:step>/", plans.move, name="move"),
    path("<int:pk>/versions/<int:number>/", reviewing.version, name="version"),
    path("<int:pk>/versions/<int:number>/accept/", reviewing.accept, name="accept"),
    path("<int:pk>/versions/<int:number>/return/", reviewing.give_back, name="return"),
    path("<int:pk>/actions/new/", actions.new, name="new-action"),
    path("<int:pk>/actions/<int:action>/", actions.action, name="action"),
    path("<int:pk>/actions/<int:action>/edit/", actions.edit, name="edit-action"),
    path("<int:pk>/actions/<int:action>/status/", actions.status, name="status"),
    path("<int:pk>/actions/<int:action>/remove/", actions.remove, name="remove-action"),
]
