"""What somebody means who answers a text: to stop, to know who we are, to go on, or else."""

from __future__ import annotations

import re
import unicodedata

from cx280.delivery.rules.vocabulary import Said

# The words of CTIA's guide, what the FCC lets people say (47 CFR 64.1200(a)(10)), and the same in
# the languages of our surveys. Who wants to stop must not have to find the right word.
_STOP = {
    "stop", "stopall", "end", "quit", "cancel", "unsubscribe", "revoke", "optout", "opt-out",
    "alto", "parar", "pare", "basta", "cancelar", "salir", "baja",
    "停止", "退订", "取消", "중지", "수신거부", "그만", "dừng", "ngừng", "hủy", "itigil", "tigil",
    "ihinto",
}  # fmt: skip
_HELP = {"help", "info", "ayuda", "帮助", "도움말", "giúp", "tulong"}
_START = {"start", "unstop", "yes", "comenzar", "empezar"}
_SPANISH = {"alto", "parar", "pare", "basta", "cancelar", "salir", "baja", "ayuda", "comenzar",
            "empezar"}  # fmt: skip
_SHORT = 5  # words in which a word to stop is a wish, not part of a story
_WORD = re.compile(r"[\w-]+")


def meaning_of(text: str) -> Said:
    """What a text means. In doubt it is to stop: nobody is harmed by a text less."""
    words = _words(text)
    joined = "".join(words)
    first = words[0] if words else ""
    asks_to_stop = any(each in _STOP for each in words) or joined in _STOP or "optout" in joined
    if first in _STOP or (asks_to_stop and len(words) <= _SHORT):
        return Said.STOP
    if first in _HELP and len(words) <= _SHORT:
        return Said.HELP
    if joined in _START:
        return Said.START
    return Said.OTHER


def language_of_word(text: str) -> str:
    """The language somebody answered in, as far as the word tells; "" otherwise."""
    return "es" if any(each in _SPANISH for each in _words(text)) else ""


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text[:500]).casefold())
