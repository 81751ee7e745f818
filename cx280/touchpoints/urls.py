"""/touchpoints/v1/"""

from django.urls import path

from cx280.touchpoints import views

app_name = "touchpoints"
urlpatterns = [
    path("services", views.services, name="services"),
    path("services/<int:pk>", views.service, name="service"),
    path("service_providers", views.service_providers, name="providers"),
    path("cx_collections", views.cx_collections, name="collections"),
    path("cx_collection_details", views.cx_collection_details, name="details"),
    path("cx_responses", views.cx_responses, name="responses"),
]
