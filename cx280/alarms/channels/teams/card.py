"""An alarm as an Adaptive Card, which workflows of Microsoft Teams post."""

from __future__ import annotations

from cx280.alarms.rules.message import Message, Told

Part = dict[str, object]


def card_of(message: Message) -> dict[str, object]:
    """The JSON that the webhook of a workflow takes."""
    body: list[Part] = [
        {"type": "TextBlock", "style": "heading", "weight": "Bolder", "text": message.kind.label,
         "color": "Good" if message.kind is Told.RESOLVED else "Attention"},
        _line(_run(message.what, size="Large", weight="Bolder")),
        _line(_run(message.how_bad, size="Medium")),
        *(_fact(name, said) for name, said in message.facts),
        _line(_run("What to do", weight="Bolder")),
        *(_line(_run(f"{at}. {each}")) for at, each in enumerate(message.what_to_do, start=1)),
    ]  # fmt: skip
    if message.simulated:
        body.insert(0, _line(_run("Simulated data. Nothing happened.", weight="Bolder")))
    content = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "fallbackText": f"{message.subject}. {message.how_bad}",
        "msteams": {"width": "Full"},
        "body": body,
        "actions": _links(message),
    }
    kind = "application/vnd.microsoft.card.adaptive"
    return {
        "type": "message",
        "attachments": [{"contentType": kind, "contentUrl": None, "content": content}],
    }


def _links(message: Message) -> list[Part]:
    opened: Part = {"type": "Action.OpenUrl", "title": "Open the alarm", "url": message.address}
    if message.kind is Told.RESOLVED:
        return [opened]
    take: Part = {"type": "Action.OpenUrl", "title": "I am on it", "url": message.acknowledge}
    return [take, opened]


def _fact(name: str, said: str) -> Part:
    return _line(_run(f"{name}: ", weight="Bolder"), _run(said))


def _line(*runs: Part) -> Part:
    """A line of runs: unlike in a text block, names of services are not read as Markdown there."""
    return {"type": "RichTextBlock", "inlines": list(runs)}


def _run(text: str, **look: str) -> Part:
    return {"type": "TextRun", "text": text, **look}
