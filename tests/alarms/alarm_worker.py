"""A worker that does nothing but tell of incidents, in a hurry, until it is killed.

Its argument: after how many seconds without a word its claims are given back.
"""

from __future__ import annotations

import sys
import time
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from cx280.alarms import tasks  # noqa: E402
from cx280.alarms.actions import delivering, sending  # noqa: E402
from cx280.alarms.rules import deliveries  # noqa: E402

# A claim is soon lost, a failure soon tried again, and two are on their way at a time.
setattr(delivering, "LEASE", timedelta(seconds=float(sys.argv[1])))  # noqa: B010
sending._AT_ONCE = 2
deliveries.WAITS = (timedelta(seconds=0.3),) * 200

if __name__ == "__main__":
    print("ready", flush=True)  # noqa: T201
    while True:
        tasks.give_back_lost_deliveries(timezone.now())
        tasks.tell_of_incidents(timezone.now())
        time.sleep(0.05)
