"""A quarter as files: workbook, printable report, PDF, the template of 2021 to 2023."""

from cx280.reporting.documents.report import report_html, report_pdf
from cx280.reporting.documents.template92 import template_lines
from cx280.reporting.documents.workbook import workbook

__all__ = ["report_html", "report_pdf", "template_lines", "workbook"]
