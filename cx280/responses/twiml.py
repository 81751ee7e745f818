"""One step of a call in the words of Twilio's Programmable Voice (TwiML: Gather, Say, Hangup)."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from cx280.responses.spoken import Said

KIND = "application/xml; charset=utf-8"


def twiml(said: Said, *, action: str = "", wait_seconds: int = 8) -> bytes:
    """The document. action: where the keys are posted."""
    root = ET.Element("Response")
    if said.keys:
        several = said.keys > 1
        gather = ET.SubElement(root, "Gather", {
            "input": "dtmf",
            "numDigits": str(said.keys),
            # Of one key even the pound key is an answer; several end with it.
            "finishOnKey": "#" if several else "",
            "timeout": str(wait_seconds),
            "actionOnEmptyResult": "true",
            "action": action,
            "method": "POST",
        })  # fmt: skip
        _say(gather, said)
    else:
        _say(root, said)
        ET.SubElement(root, "Hangup")
    written: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def _say(parent: ET.Element, said: Said) -> None:
    for line in said.lines:
        ET.SubElement(parent, "Say", {"language": line.voice}).text = line.text


def pressed_in(digits: str, finished_on: str, *, several: bool) -> str:
    """The keys as the rules know them, from what Twilio posts.

    It leaves the key that ends several digits out of them, and names it apart: alone it skips.
    """
    if several and not digits and finished_on == "#":
        return "#"
    return digits
