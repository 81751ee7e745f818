"""Callers for tests: a small VoiceXML interpreter and a small Twilio, both over real HTTP."""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin

from lxml import etree

from cx280.delivery.rules.signatures import twilio_signature

_FOLDER = Path(__file__).parent / "voicexml"
_DTD = etree.DTD(str(_FOLDER / "vxml.dtd"))
_SCHEMA = etree.XMLSchema(etree.parse(str(_FOLDER / "voice.xsd")))
_V = "{http://www.w3.org/2001/vxml}"
Ask = Callable[[str, str, str, dict[str, str]], tuple[int, bytes]]


def over(host: str, port: int) -> Ask:
    """Asks a server: method, path, body, headers; OSError when it is away."""

    def ask(method: str, path: str, body: str, headers: dict[str, str]) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(host, port, timeout=20)
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    return ask


@dataclass
class VoiceCaller:
    """Interprets VoiceXML as far as we write it, and refuses what is not valid or not known."""

    ask: Ask
    heard: list[str] = field(default_factory=list)
    over: bool = False
    # What happens between two tries while the server is away.
    meanwhile: Callable[[], None] = lambda: None

    def dial(self, path: str) -> None:
        """Begins the call."""
        self.path = path
        self._open(*self.ask("GET", path, "", {}))

    def _open(self, status: int, body: bytes) -> None:
        assert status == 200, (status, body[:300])
        self.root = etree.fromstring(body)
        assert _SCHEMA.validate(self.root), _SCHEMA.error_log
        # A DTD knows no namespaces: the document is read as it is written.
        assert _DTD.validate(etree.fromstring(body)), _DTD.error_log
        self.variables = {
            each.get("name"): self._value(each.get("expr")) for each in self.root.iter(f"{_V}var")
        }
        self.failures = 0
        block = self.root.find(f".//{_V}block")
        if block is not None:
            self._run(block)
            return
        terminator = self.root.find(f"{_V}property[@name='termchar']")
        assert terminator is not None
        assert terminator.get("value") == "", "the pound key would never arrive"
        self.heard += [each.text for each in self.root.findall(f".//{_V}field/{_V}prompt")]

    def _value(self, written: str) -> str:
        """Of an expression: a text in quotes, or a variable."""
        quoted = re.fullmatch(r"'([^'\\]*)'", written)
        return quoted.group(1) if quoted else self.variables[written]

    def press(self, keys: str) -> None:
        """Presses the keys one after the other and then waits; "" presses nothing."""
        assert not self.over
        field_ = self.root.find(f".//{_V}field")
        grammar = field_.find(f"{_V}grammar")
        rule = grammar.find(f"{_V}rule[@id='{grammar.get('root')}']")
        if not keys:
            self._run(field_.find(f"{_V}noinput"))
        elif re.fullmatch(_pattern(rule), keys):
            # Keys arrive as words of the grammar, one apart from the other.
            self.variables[field_.get("name")] = " ".join(keys)
            self._run(field_.find(f"{_V}filled"))
        else:
            self._run(field_.find(f"{_V}nomatch"))

    def hang_up(self) -> None:
        """The caller is gone; what the handler says is done without them."""
        handler = self._handler("connection.disconnect.hangup")
        assert handler is not None
        self._run(handler)
        self.over = True

    def _handler(self, event: str, count: int = 1) -> Any:  # noqa: ANN401
        """The handler with the highest count that is reached; a name stands for all below it."""
        fits = [
            each
            for each in self.root.findall(f"{_V}catch")
            if any(f"{event}.".startswith(f"{name}.") for name in each.get("event").split())
            and int(each.get("count", "1")) <= count
        ]
        return max(fits, key=lambda each: int(each.get("count", "1")), default=None)

    def _run(self, handler: Any) -> None:  # noqa: ANN401
        for each in handler:
            name = each.tag.removeprefix(_V)
            if name == "prompt":
                self.heard.append(each.text)
            elif name == "assign":
                self.variables[each.get("name")] = self._value(each.get("expr"))
            elif name == "exit":
                self.over = True
            elif name == "submit":
                self._submit(each)
                return
            else:
                raise AssertionError(f"this caller knows no <{name}>")

    def _submit(self, submit: Any) -> None:  # noqa: ANN401
        names = submit.get("namelist").split()
        body = urlencode({name: self.variables[name] for name in names})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        self.path = urljoin(self.path, submit.get("next"))
        try:
            status, answer = self.ask(submit.get("method").upper(), self.path, body, kind)
            if status >= 400:
                raise ConnectionError(status)
        except (OSError, http.client.HTTPException):
            self.failures += 1
            self.meanwhile()
            handler = self._handler("error.badfetch", self.failures)
            assert handler is not None
            self._run(handler)
            return
        self._open(status, answer)


def _pattern(node: Any) -> str:  # noqa: ANN401
    """A DTMF grammar (SRGS 1.0) as a regular expression of keys."""
    name = node.tag.removeprefix(_V)
    if name == "one-of":
        return "(?:" + "|".join(_pattern(each) for each in node) + ")"
    inside = "".join(_pattern(each) for each in node) or re.escape((node.text or "").strip())
    repeat = node.get("repeat") if name == "item" else None
    if repeat is None:
        return f"(?:{inside})"
    low, _, high = repeat.partition("-")
    return f"(?:{inside}){{{low},{high or low}}}"


@dataclass
class TwilioCaller:
    """What Twilio does with our documents: gathers keys, posts them signed, follows what comes."""

    ask: Ask
    token: str
    address: str  # as Twilio was told it: scheme and host
    sid: str = "CA00000000000000000000000000000001"
    heard: list[str] = field(default_factory=list)
    over: bool = False
    # What Twilio posts with every request, the number of the caller among it.
    number: str = "+12025550143"

    def dial(self, path: str) -> int:
        """Begins the call; the status."""
        self.start = path
        return self.post(path)

    def post(self, path: str, **fields: str) -> int:
        """Posts as Twilio does, and follows the answer; the status."""
        form = {"CallSid": self.sid, "From": self.number, "To": "+18005550100", **fields}
        signed = twilio_signature(self.token, self.address + path, list(form.items()))
        headers = {
            "Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signed,
        }  # fmt: skip
        status, body = self.ask("POST", path, urlencode(form), headers)
        if status == 200:
            self._follow(path, body)
        return status

    def _follow(self, path: str, body: bytes) -> None:
        root = etree.fromstring(body)
        assert root.tag == "Response"
        self.heard += [each.text for each in root.iter("Say")]
        gather = root.find("Gather")
        self.over = gather is None
        if gather is None:
            assert root.find("Hangup") is not None
            return
        assert gather.get("input") == "dtmf"
        assert gather.get("method") == "POST"
        self.gather, self.path = gather, urljoin(path, gather.get("action"))

    def press(self, keys: str) -> None:
        """Gathers keys until there are as many as asked for, or the one that ends them."""
        assert not self.over
        most, ends = int(self.gather.get("numDigits")), self.gather.get("finishOnKey")
        gathered, finished = "", {}
        for each in keys:
            if each == ends:
                finished = {"FinishedOnKey": each}
                break
            gathered += each
            if len(gathered) == most:
                break
        assert gathered or finished or self.gather.get("actionOnEmptyResult") == "true"
        assert self.post(self.path, Digits=gathered, **finished) == 200
