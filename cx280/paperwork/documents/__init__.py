"""Documents as people keep them: a page, a tagged PDF, a DOCX; all drawn from the same blocks."""

from cx280.paperwork.documents.docx import docx_of
from cx280.paperwork.documents.page import html_of, pdf_of

__all__ = ["docx_of", "html_of", "pdf_of"]
