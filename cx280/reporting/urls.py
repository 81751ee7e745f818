"""The addresses of this folder: /quarter/…"""

from django.urls import URLPattern, URLResolver, path

from cx280.reporting.views import agency, files, review, signing

app_name = "reporting"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", agency.quarter, name="quarter"),
    path("review/", review.queue, name="queue"),
    path("review/<int:pk>/", review.review, name="review"),
    path("review/<int:pk>/publish/", review.publish, name="publish"),
    path("review/<int:pk>/handover/", review.handover, name="handover"),
    path("releases/", review.releases, name="releases"),
    path("<int:pk>/", agency.package, name="package"),
    path("<int:pk>/figures/", agency.figures, name="figures"),
    path("<int:pk>/words/", agency.words, name="words"),
    path("<int:pk>/numbers/", agency.numbers, name="numbers"),
    path("<int:pk>/drivers/", agency.drivers, name="drivers"),
    path("<int:pk>/versions/", agency.versions, name="versions"),
    path("<int:pk>/explain/", agency.explain, name="explain"),
    path("<int:pk>/ask/", agency.ask_to_sign, name="ask"),
    path("<int:pk>/sign/", signing.sign, name="sign"),
    path("<int:pk>/refuse/", signing.refuse, name="refuse"),
    path("<int:pk>/submit/", agency.submit, name="submit"),
    path("<int:pk>/reopen/", agency.reopen, name="reopen"),
    path("<int:pk>/files/<slug:form>/", files.download, name="file"),
    path("<int:pk>/files/public/<slug:target>/", files.public, name="public"),
    path("<int:pk>/files/responses/<slug:survey>/", files.responses, name="responses"),
]
