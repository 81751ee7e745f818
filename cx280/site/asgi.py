"""The web application under an ASGI server: synchronous Django in a pool of threads.

Django's own ASGI handler measured three times slower for synchronous views; the event
collector will stand in front of this dispatcher.
"""

import os
from typing import Any, cast

from a2wsgi import WSGIMiddleware

from cx280.site.wsgi import application as django_application

application = WSGIMiddleware(
    cast(Any, django_application), workers=int(os.environ.get("CX280_THREADS", "8"))
)
