"""Indicators with their years and what was changed of them; plans and reports as published."""

from cx280.indicators.models.documents import PerformanceDocument
from cx280.indicators.models.indicators import FigureNote, Indicator, Redefinition, YearFigure

__all__ = ["FigureNote", "Indicator", "PerformanceDocument", "Redefinition", "YearFigure"]
