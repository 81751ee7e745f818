"""Answers STOP, HELP and START, once, within minutes."""

from __future__ import annotations

import logging

from django.conf import settings

from cx280.circular.implements import implements
from cx280.delivery.actions.sending import Clock
from cx280.delivery.actions.texting import Texts, Written
from cx280.delivery.models import TextReply
from cx280.delivery.rules.carried import Outcome
from cx280.delivery.rules.gsm import in_gsm_where_it_can
from cx280.delivery.rules.vocabulary import Said
from cx280.delivery.rules.words import words
from cx280.delivery.sealing import opened

log = logging.getLogger(__name__)
_WORDS = {Said.STOP: "stopped", Said.HELP: "helped", Said.START: "started"}


@implements("280.10-o3")
def send_replies(clock: Clock) -> int:
    """How many replies left. One is taken out of the record before it is handed over: killed
    between, it is lost, and never doubled. At night as well: the person has just written.
    """
    sent = 0
    with Texts() as texts:
        for reply in TextReply.objects.select_related("agency").order_by("pk")[:500]:
            if clock() > reply.reply_by:
                TextReply.objects.filter(pk=reply.pk).delete()
                log.warning("A reply to %s was not sent in time.", reply.said)
            elif not texts.is_ready():
                break
            else:
                sent += _send(reply, texts)
    return sent


def _send(reply: TextReply, texts: Texts) -> int:
    if not TextReply.objects.filter(pk=reply.pk).delete()[0]:
        return 0  # another worker has it
    name = f"reply-{reply.pk}"
    outcome = texts.send(Written(opened(reply.number), reply_words(reply), name))
    if outcome is Outcome.LATER:
        reply.save(force_insert=True)  # it was surely not taken
        return 0
    return 1


def reply_words(reply: TextReply) -> str:
    """What the reply says, in the language of whoever asked."""
    said = words(reply.language)["text"][_WORDS[Said.of(reply.said)]]
    return in_gsm_where_it_can(said.format(agency=reply.agency.name, page=settings.PUBLIC_ADDRESS))
