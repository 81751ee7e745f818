"""How a person proves who they are: a password, or a link used once."""

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from cx280.accounts.models import Person


class PasswordOrLink(BaseBackend):
    """Checks an e-mail address with its password; links are checked by `actions.use_link`."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_: object,
    ) -> Person | None:
        """The active person with that address and password, or None."""
        if not username or not password:
            return None
        person = Person.objects.filter(email__iexact=username).first()
        if person is None:
            Person().set_password(password)  # as slow as a real check: no telling who exists
            return None
        return person if person.is_active and person.check_password(password) else None

    def get_user(self, user_id: int) -> Person | None:
        """The active person with that id, or None."""
        return Person.objects.filter(pk=user_id, is_active=True).first()
