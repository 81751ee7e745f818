"""The API for people signed in and for programs with a key: /api/v1/"""

from django.urls import path
from ninja import NinjaAPI

from cx280 import __version__
from cx280.accounts.api import router as accounts
from cx280.accounts.api_access import api_urls
from cx280.reporting.api import router as reporting

# No page with the document: ninja's loads scripts from elsewhere.
api = NinjaAPI(title="cx280", version=__version__, docs_url=None, urls_namespace="api")
api.add_router("", accounts)
api.add_router("", reporting)

urlpatterns = [path("", api_urls(api))]
