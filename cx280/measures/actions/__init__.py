"""Recounting answers and comments; changing the codebook and correcting what comments are about."""

from cx280.measures.actions.codebook import correct_comment, save_codebook
from cx280.measures.actions.counting import note_progress, recount
from cx280.measures.actions.drivers import store_driver_result, store_type_result
from cx280.measures.actions.filing import file_comments, note_filed, note_topics, recount_themes

__all__ = [
    "correct_comment",
    "file_comments",
    "note_filed",
    "note_progress",
    "note_topics",
    "recount",
    "recount_themes",
    "save_codebook",
    "store_driver_result",
    "store_type_result",
]
