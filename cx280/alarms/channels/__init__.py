"""How an alarm reaches people: a folder for each channel, all of one shape (`shape.py`)."""

from __future__ import annotations

from collections.abc import Mapping

from cx280.alarms.channels.email.check import check as check_email
from cx280.alarms.channels.email.transport import send as send_email
from cx280.alarms.channels.shape import Channel, ChannelKind, Failed, Receipt
from cx280.alarms.channels.slack.check import check as check_slack
from cx280.alarms.channels.slack.transport import send as send_slack
from cx280.alarms.channels.sms.check import check as check_sms
from cx280.alarms.channels.sms.transport import send as send_sms
from cx280.alarms.channels.teams.check import check as check_teams
from cx280.alarms.channels.teams.transport import send as send_teams
from cx280.alarms.channels.webhook.check import check as check_webhook
from cx280.alarms.channels.webhook.transport import send as send_webhook

__all__ = ["CHANNELS", "Channel", "ChannelKind", "Failed", "Receipt"]

# A new channel is a folder, a kind and a line here.
CHANNELS: Mapping[ChannelKind, Channel] = {
    ChannelKind.EMAIL: Channel(ChannelKind.EMAIL, check_email, send_email),
    ChannelKind.WEBHOOK: Channel(ChannelKind.WEBHOOK, check_webhook, send_webhook, signs=True),
    ChannelKind.SLACK: Channel(ChannelKind.SLACK, check_slack, send_slack),
    ChannelKind.TEAMS: Channel(ChannelKind.TEAMS, check_teams, send_teams),
    ChannelKind.SMS: Channel(ChannelKind.SMS, check_sms, send_sms),
}
