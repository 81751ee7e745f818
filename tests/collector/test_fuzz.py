"""Whatever is sent, the collector answers below 500 and goes on taking good events."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import tempfile
import time
import zlib
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from cx280.collector.answers import MOST_FAULTS
from tests.collector.asking import (
    Answer,
    Asked,
    a_collector,
    an_event,
    answer_to,
    posted,
    rows,
    talk,
)

# `CX280_EXAMPLES=5000 pytest tests/collector/test_fuzz.py` looks longer.
EXAMPLES = int(os.environ.get("CX280_EXAMPLES", "60"))
_FIELDS = [*an_event(), "name", "page", "visit", "flow", "step", "value", "unit", "channel",
           "language", "properties", "zap"]  # fmt: skip
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner,
                                                                max_size=3),
    max_leaves=6,
)  # fmt: skip
_EVENTS = st.dictionaries(st.sampled_from(_FIELDS), _JSON, max_size=4).map(
    lambda changes: {**an_event(), **changes}
)
_PAGES = st.lists(
    st.sampled_from([*"/?#&=;:@%.-[]()0123456789aé", "\x00", "\ud800", "%40", "%2540"])
).map(lambda page: an_event(page=f"/{''.join(page)}"))
_RECORDS = st.fixed_dictionaries(
    {},
    optional={
        "timeUnixNano": st.sampled_from([str(time.time_ns()), "0", "", "9" * 40]) | _JSON,
        "eventName": st.sampled_from(["page_view", "step", "\ud800", ""]) | _JSON,
        "attributes": st.lists(
            _JSON
            | st.fixed_dictionaries(
                {
                    "key": st.sampled_from(
                        ["url.full", "cx280.site", "cx280.value", "cx280.flow", "session.id", ""]
                    ),
                    "value": _JSON
                    | st.dictionaries(
                        st.sampled_from(["stringValue", "doubleValue", "intValue", "kvlistValue"]),
                        _JSON,
                        max_size=2,
                    ),
                }
            ),
            max_size=3,
        ),
    },
)
_OPEN = {"attributes": [{"key": "service.name", "value": {"stringValue": "open"}}]}
_SCOPES = st.lists(st.fixed_dictionaries({"logRecords": st.lists(_RECORDS, max_size=3) | _JSON}))
_EXPORTS = st.fixed_dictionaries(
    {
        "resourceLogs": st.lists(
            st.fixed_dictionaries({"resource": st.just(_OPEN) | _JSON, "scopeLogs": _SCOPES}),
            max_size=2,
        )
        | _JSON
    }
).map(lambda export: json.dumps(export).encode())
_BODIES = (
    st.binary(max_size=300)
    | st.lists(_EVENTS | _JSON | _PAGES, max_size=4).map(lambda each: json.dumps(each).encode())
    | st.lists(_EVENTS | _JSON, max_size=4).map(
        lambda each: b"\n".join(json.dumps(line).encode() for line in each)
    )
    | _EXPORTS
    | st.builds(
        lambda mark, times: mark * times,
        st.sampled_from([b"[", b'{"a":', b'"', b"[{", b'{"resourceLogs":[', b'{"scopeLogs":']),
        st.integers(1, 50_000),
    )
)
_DOORS = st.sampled_from(["/t/v1/events", "/t/v1/logs"])
_KINDS = st.sampled_from(
    ["application/json", "application/x-ndjson", "text/plain;charset=UTF-8", "text/plain", "", "/",
     "application/x-protobuf", "application/json; charset=\xff"]
)  # fmt: skip
_SQUEEZED = st.sampled_from([bytes, zlib.compress, gzip.compress])
_ENCODINGS = st.sampled_from(["identity", "gzip", "deflate", "br", "", "gzip, gzip"])
_HEADERS = st.dictionaries(
    st.sampled_from(["origin", "user-agent", "content-length", "x-forwarded-for", "dnt"]),
    st.text(alphabet=st.characters(max_codepoint=255), max_size=60),
    max_size=3,
)
_REQUESTS = st.builds(
    lambda path, body, kind, encoding, headers, squeezed: Asked(
        squeezed(body), {**headers, "content-encoding": encoding}, kind=kind, path=path
    ),
    _DOORS, _BODIES, _KINDS, _ENCODINGS, _HEADERS, _SQUEEZED,
)  # fmt: skip


@given(st.lists(_REQUESTS, min_size=1, max_size=8))
@settings(max_examples=EXAMPLES)
def test_no_body_breaks_the_collector(requests: list[Asked]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        collector = a_collector(folder, behind_proxy=True, events_a_second=0)

        async def at_once_and_then_a_good_one() -> list[Answer]:
            answers = list(await asyncio.gather(*(answer_to(collector, each) for each in requests)))
            answers.append(await answer_to(collector, posted(an_event(id="after"))))
            return answers

        *answers, good = talk(collector, at_once_and_then_a_good_one)

        assert all(each.status < 500 for each in answers), [each.body for each in answers]
        assert (good.status, good.json) == (202, {"accepted": 1})
        assert rows(folder)[-1]["id"] == "after"


def test_faults_without_number_are_told_in_an_answer_of_a_size(tmp_path: Path) -> None:
    collector = a_collector(tmp_path)

    async def many() -> list[Answer]:
        return [await answer_to(collector, posted(*[{"zap" * 20: 1}] * 900))]

    (answer,) = talk(collector, many)

    assert answer.status == 422
    assert len(answer.json["errors"]) == MOST_FAULTS
    assert len(answer.body) < 20_000
