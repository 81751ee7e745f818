"""One step of a call as a VoiceXML 2.1 document (W3C Recommendation of 19 June 2007).

Each document asks one thing and posts the keys. Everything that is decided is decided here and not
in the phone system, so that no answer waits in it: what was posted and answered is stored.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from cx280.responses.spoken import VOICES, Said
from cx280.responses.wording import words

KIND = "application/voicexml+xml; charset=utf-8"
_SPACE = "http://www.w3.org/2001/vxml"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# A server that is started anew answers within this; each try waits for `fetchtimeout` first.
_MOST_TRIES = 6


def voicexml(said: Said, *, address: str = "", token: str = "", wait_seconds: int = 8) -> bytes:
    """The document. address: where keys are posted; token: what stands beside them."""
    root = ET.Element("vxml", {"xmlns": _SPACE, "version": "2.1", _XML_LANG: _voice(said.language)})
    if not said.keys:
        block = ET.SubElement(ET.SubElement(root, "form"), "block")
        _speak(block, said)
        ET.SubElement(block, "exit")
        return _written(root)
    for name, value in _properties(wait_seconds).items():
        ET.SubElement(root, "property", {"name": name, "value": value})
    ET.SubElement(root, "var", {"name": "call", "expr": f"'{token}'"})
    ET.SubElement(root, "var", {"name": "key", "expr": "''"})
    _hang_up(root, address)
    _server_away(root, said.language, address)
    _field(root, said, address)
    return _written(root)


def _properties(wait_seconds: int) -> dict[str, str]:
    return {
        "inputmodes": "dtmf",
        "timeout": f"{wait_seconds}s",
        "interdigittimeout": "4s",
        "termchar": "",  # the pound key is an answer of its own
        "fetchtimeout": "10s",
    }


def _field(root: ET.Element, said: Said, address: str) -> None:
    field = ET.SubElement(ET.SubElement(root, "form", {"id": "ask"}), "field", {"name": "pressed"})
    _grammar(field, said.keys)
    _speak(field, said)
    for event in ("noinput", "nomatch"):
        _post(ET.SubElement(field, event), address, "''" if event == "noinput" else "'x'")
    _post(ET.SubElement(field, "filled"), address, "pressed")


def _grammar(field: ET.Element, keys: int) -> None:
    """Any key: what it means is decided where it is posted. Several end with the pound key."""
    grammar = ET.SubElement(
        field, "grammar", {"mode": "dtmf", "version": "1.0", "root": "keys", _XML_LANG: "en-US"}
    )
    rule = ET.SubElement(grammar, "rule", {"id": "keys", "scope": "public"})
    ways = ET.SubElement(rule, "one-of")
    for each in ("*", "#"):
        ET.SubElement(ways, "item").text = each
    digits = ET.SubElement(ways, "item")
    several = ET.SubElement(digits, "item", {"repeat": f"1-{keys}"} if keys > 1 else {})
    choice = ET.SubElement(several, "one-of")
    for each in "0123456789":
        ET.SubElement(choice, "item").text = each
    if keys > 1:
        ET.SubElement(digits, "item", {"repeat": "0-1"}).text = "#"


def _speak(parent: ET.Element, said: Said) -> None:
    for line in said.lines:
        prompt = ET.SubElement(parent, "prompt", {_XML_LANG: line.voice, "bargein": "true"})
        prompt.text = line.text


def _post(parent: ET.Element, address: str, key: str) -> None:
    ET.SubElement(parent, "assign", {"name": "key", "expr": key})
    _submit(parent, address)


def _submit(parent: ET.Element, address: str) -> None:
    ET.SubElement(parent, "submit", {"next": address, "method": "post", "namelist": "call key"})


def _hang_up(root: ET.Element, address: str) -> None:
    """Whoever hangs up keeps what was given; the phone system may still post then (2.0, 1.5.4)."""
    _post(ET.SubElement(root, "catch", {"event": "connection.disconnect"}), address, "'hangup'")


def _server_away(root: ET.Element, language: str, address: str) -> None:
    """The same keys once more while the server is away, and a goodbye when it stays away."""
    said = words(language)["ivr"]
    again = ET.SubElement(root, "catch", {"event": "error.badfetch"})
    ET.SubElement(again, "prompt", {_XML_LANG: _voice(language)}).text = said["trouble"]
    _submit(again, address)
    lost = ET.SubElement(root, "catch", {"event": "error.badfetch", "count": str(_MOST_TRIES)})
    ET.SubElement(lost, "prompt", {_XML_LANG: _voice(language)}).text = said["lost"]
    ET.SubElement(lost, "exit")


def _voice(language: str) -> str:
    return VOICES.get(language.split("-")[0], language)


def _written(root: ET.Element) -> bytes:
    written: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written
