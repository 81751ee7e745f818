"""The addresses of briefings, which stand under their talks: /talks/…"""

from django.urls import path

from cx280.oversight.views import briefing

app_name = "briefings"
urlpatterns = [
    path("<int:pk>/briefing/", briefing.live, name="briefing"),
    path("<int:pk>/briefing/slides.pptx", briefing.live_slides, name="briefing-slides"),
    path("<int:pk>/briefing/briefing.pdf", briefing.live_pdf, name="briefing-pdf"),
    path("<int:pk>/briefing/hand-over/", briefing.hand_over, name="hand-over"),
    path("<int:pk>/briefing/<int:number>/", briefing.kept, name="kept-briefing"),
    path("<int:pk>/briefing/<int:number>/slides.pptx", briefing.kept_slides, name="kept-slides"),
    path("<int:pk>/briefing/<int:number>/briefing.pdf", briefing.kept_pdf, name="kept-pdf"),
]
