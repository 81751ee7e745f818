"""The addresses of this folder: /burden/…"""

from django.urls import path

from cx280.burden import views

app_name = "burden"
urlpatterns = [
    path("", views.journeys, name="journeys"),
    path("<int:pk>/", views.journey, name="journey"),
    path("<int:pk>.csv", views.journey_csv, name="csv"),
    path("<int:pk>.json", views.journey_json, name="json"),
    path("<int:pk>/assess/", views.assess, name="assess"),
    path("<int:pk>/wage/", views.wage, name="wage"),
]
