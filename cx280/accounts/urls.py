"""The addresses of this folder, below /account/."""

from django.urls import path

from cx280.accounts.views import me, people, signing_in, trail

app_name = "accounts"
urlpatterns = [
    path("", me.me, name="me"),
    path("password/", me.password, name="password"),
    path("keys/new/", me.new_key, name="new-key"),
    path("keys/<int:pk>/revoke/", me.revoke_key, name="revoke-key"),
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-in/link/", signing_in.send_link, name="send-link"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("link/<str:token>/", signing_in.link, name="link"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new_person, name="new-person"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/role/", people.give_role, name="give-role"),
    path("people/<int:pk>/link/", people.link, name="person-link"),
    path("people/<int:pk>/access/", people.shut_out, name="shut-out"),
    path("roles/<int:pk>/end/", people.end_role, name="end-role"),
    path("audit/", trail.trail, name="audit"),
    path("audit/trail.csv", trail.download, name="audit-csv"),
]
