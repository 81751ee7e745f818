"""Writes of this folder: people and their roles, signing in, keys, justifications."""

from cx280.accounts.actions.justifications import give_reason, justify
from cx280.accounts.actions.keys import make_key, revoke_key
from cx280.accounts.actions.people import (
    add_person,
    assign,
    change_person,
    deactivate_person,
    end_assignment,
    reactivate_person,
    set_password,
)
from cx280.accounts.actions.signing_in import (
    LINK_LIFETIME,
    LinkUnusable,
    ask_for_link,
    make_link,
    note_sign_in,
    use_link,
)

__all__ = [
    "LINK_LIFETIME",
    "LinkUnusable",
    "add_person",
    "ask_for_link",
    "assign",
    "change_person",
    "deactivate_person",
    "end_assignment",
    "give_reason",
    "justify",
    "make_key",
    "make_link",
    "note_sign_in",
    "reactivate_person",
    "revoke_key",
    "set_password",
    "use_link",
]
