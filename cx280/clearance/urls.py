"""The addresses of this folder."""

from django.urls import URLPattern, URLResolver, path

from cx280.clearance import views

app_name = "clearance"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.clearances, name="list"),
    path("new/", views.new_clearance, name="new"),
    path("<int:pk>/", views.clearance, name="clearance"),
    path("<int:pk>/edit/", views.edit_clearance, name="edit"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/collections/new/", views.new_collection, name="new-collection"),
    path("collections/<int:pk>/", views.edit_collection, name="edit-collection"),
    path("collections/<int:pk>/approve/", views.approve, name="approve"),
    path("collections/<int:pk>/close/", views.close, name="close"),
    path("collections/<int:pk>/remove/", views.remove, name="remove"),
]
