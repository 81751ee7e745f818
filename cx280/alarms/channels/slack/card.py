"""An alarm as a message of Slack."""

from __future__ import annotations

from cx280.alarms.rules.message import Message, Told


def card_of(message: Message) -> dict[str, object]:
    """The JSON. `text` is what a notification and a screen reader say."""
    steps = "\n".join(f"{at}. {each}" for at, each in enumerate(message.what_to_do, start=1))
    blocks: list[dict[str, object]] = [
        {"type": "header", "text": {"type": "plain_text", "text": message.what, "emoji": False}},
        _words(f"*{message.kind.label}.* {escaped(message.how_bad)}"),
        {
            "type": "section",
            "fields": [_mark(f"*{name}*\n{escaped(said)}") for name, said in message.facts],
        },
        _words(f"*What to do*\n{escaped(steps)}"),
        _words(_links(message)),
    ]
    if message.simulated:
        blocks.insert(0, _words("*Simulated data.* Nothing happened."))
    return {"text": escaped(f"{message.subject}. {message.how_bad}"), "blocks": blocks}


def escaped(text: str) -> str:
    """The text with what Slack would read as a link or as a call to everybody (`<!channel>`)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _links(message: Message) -> str:
    """Links, no buttons: a button asks a program behind it, and shows a warning without one."""
    opened = f"<{escaped(message.address)}|Open the alarm>"
    if message.kind is Told.RESOLVED:
        return opened
    return f"<{escaped(message.acknowledge)}|I am on it>   {opened}"


def _words(text: str) -> dict[str, object]:
    return {"type": "section", "text": _mark(text)}


def _mark(text: str) -> dict[str, object]:
    # Verbatim: a name of a service is not made into a link.
    return {"type": "mrkdwn", "text": text, "verbatim": True}
