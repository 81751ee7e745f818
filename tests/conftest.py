"""What every test may ask for: people in their roles, a signed-in client, the real data."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client
from hypothesis import settings
from pytest_django import DjangoDbBlocker
from whitenoise.middleware import WhiteNoiseMiddleware

from cx280.accounts.models import Person
from tests.audit.sealed import flush_lifts_the_seal
from tests.browser import browser, new_context, page, signed_in_page
from tests.records import django_db_modify_db_settings, pytest_configure
from tests.site.backups import made_record

# A property that holds, holds on a busy machine too: no test is timed.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

__all__ = [
    "browser",
    "django_db_modify_db_settings",
    "flush_lifts_the_seal",
    "made_record",
    "new_context",
    "page",
    "pytest_configure",
    "real_data",
    "sign_in",
    "signed_in_page",
]


def pytest_collection() -> None:
    """While tests are loaded nothing becomes garbage: looking for it takes a third of the time."""
    gc.disable()


def pytest_collection_finish() -> None:
    """What was loaded stays until the end, so nobody looks through it again."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What actions write beside the record goes into a folder of the run."""
    with pytest.MonkeyPatch.context() as patch:
        data = tmp_path_factory.mktemp("data")
        patch.setattr(django_settings, "DATA", data)
        patch.setattr(django_settings, "CX280_LAKE", str(data / "lake"))
        yield


@pytest.fixture(scope="session", autouse=True)
def static_files_found_once() -> Iterator[None]:
    """Each client and server loads the middleware anew, and would look for the same files again."""
    look = WhiteNoiseMiddleware.add_files_from_finders
    found: dict[str, object] = {}

    def look_once(middleware: WhiteNoiseMiddleware) -> None:
        if not found:
            look(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", look_once)
        yield


@pytest.fixture(scope="module")
def module_record(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """`with module_record(): …` in a fixture of a module: its tests share what is written there.

    Each test's own writes are undone after it, these after the module. Not for tests that ask for
    `transaction=True`, which empty the record.
    """
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
    yield django_db_blocker.unblock
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture
def sign_in(client: Client) -> Callable[[Person], Client]:
    """Signs a person in and gives back the client."""

    def as_person(person: Person) -> Client:
        client.force_login(person, backend="cx280.accounts.backends.PasswordOrLink")
        return client

    return as_person


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real federal data; skips, with the reason, where it is absent.

    CX280_REAL_DATA names it; CX280_REQUIRE_REAL_DATA=1 turns the skip into a failure.
    """
    folder = Path(os.environ.get("CX280_REAL_DATA", "../shared/data"))
    if not (folder / "MANIFEST.csv").is_file():
        message = f"no real data at {folder}: set CX280_REAL_DATA"
        if os.environ.get("CX280_REQUIRE_REAL_DATA") == "1":
            pytest.fail(message)
        pytest.skip(message)
    return folder.resolve()
