"""The addresses of whom to ask; they stand below /surveys/, before those of the surveys."""

from django.urls import path

from cx280.delivery.views import asking, contacts, mailing, posters, websites

app_name = "delivery"
urlpatterns = [
    path("contact-rules/<slug:code>/", contacts.contact_rules, name="contact-rules"),
    path("contact-rules/<slug:code>/edit/", contacts.edit_contact_rules, name="edit-contact-rules"),
    path("<slug:code>/people/", asking.asking, name="asking"),
    path("<slug:code>/people/plan/", asking.edit_plan, name="plan"),
    path("<slug:code>/people/sample.csv", asking.sample_file, name="sample-file"),
    path("<slug:code>/websites/", websites.websites, name="websites"),
    path("<slug:code>/websites/<slug:kind>/", websites.edit, name="website"),
    path("<slug:code>/websites/<slug:kind>/switch/", websites.switch, name="switch-website"),
    path("<slug:code>/websites/<slug:kind>/try/", websites.attempt, name="try-website"),
    path("<slug:code>/messages/", mailing.messages_page, name="messages"),
    path("<slug:code>/messages/settings/", mailing.settings_page, name="mailing"),
    path("<slug:code>/messages/hand-over/", mailing.upload, name="hand-over"),
    path("<slug:code>/messages/hand-over/<int:pk>.csv", mailing.findings_file, name="findings"),
    path("<slug:code>/posters/<slug:size>.pdf", posters.posters_file, name="posters"),
    path("<slug:code>/poster.svg", posters.poster_drawing, name="poster-drawing"),
]
