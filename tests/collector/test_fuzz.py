"""Whatever is sent, the collector answers below 500 and goes on taking good events."""

from __future__ import annotations

import asyncio
import json
import tempfile
import zlib
from pathlib import Path
from typing import Any

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
_BODIES = (
    st.binary(max_size=300)
    | st.lists(_EVENTS | _JSON | _PAGES, max_size=4).map(lambda each: json.dumps(each).encode())
    | st.lists(_EVENTS | _JSON, max_size=4).map(
        lambda each: b"\n".join(json.dumps(line).encode() for line in each)
    )
    | st.builds(lambda mark, times: mark * times, st.sampled_from([b"[", b'{"a":', b'"', b"[{"]),
                st.integers(1, 50_000))
)  # fmt: skip
_KINDS = st.sampled_from(
    ["application/json", "application/x-ndjson", "text/plain;charset=UTF-8", "text/plain", "", "/"]
)
_ENCODINGS = st.sampled_from(["identity", "gzip", "deflate", "br", "", "gzip, gzip"])
_HEADERS = st.dictionaries(
    st.sampled_from(["origin", "user-agent", "content-length", "x-forwarded-for", "dnt"]),
    st.text(alphabet=st.characters(max_codepoint=255), max_size=60),
    max_size=3,
)


@given(
    st.lists(
        st.tuples(_BODIES, _KINDS, _ENCODINGS, _HEADERS, st.booleans()), min_size=1, max_size=8
    )
)
@settings(max_examples=60)
def test_no_body_breaks_the_collector(sent: list[tuple[bytes, str, str, Any, bool]]) -> None:
    requests = [
        Asked(
            zlib.compress(body) if squeezed else body,
            {**headers, "content-encoding": encoding},
            kind=kind,
        )
        for body, kind, encoding, headers, squeezed in sent
    ]

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
