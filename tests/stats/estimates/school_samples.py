"""The samples of California schools whose estimates R's survey has published."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cx280.stats.estimates import Design, survey_design

TYPES = {"E": 4421, "H": 755, "M": 1018}
SCHOOL_WIDE = {"No": 1072, "Yes": 5122}


@dataclass
class Sample:
    """A file's columns and the design it was drawn by."""

    columns: dict[str, NDArray[np.str_]]
    design: Design

    def text(self, name: str) -> NDArray[np.str_]:
        """A column as it is written."""
        return self.columns[name]

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A column as numbers; blank is NaN."""
        return np.array([float(each) if each else np.nan for each in self.columns[name]])


def clustered(folder: Path) -> Sample:
    """Fifteen school districts of 757, every school of each."""
    columns = read(folder / "survey-api/apiclus1.csv")
    return Sample(
        columns,
        survey_design(
            len(columns["pw"]),
            weights=columns["pw"].astype(float),
            clusters=[columns["dnum"]],
            fpc=[columns["fpc"].astype(float)],
        ),
    )


def two_stage(folder: Path) -> Sample:
    """Forty districts of 757, up to five schools of each; weights follow from the sizes."""
    columns = read(folder / "survey-api/apiclus2.csv")
    return Sample(
        columns,
        survey_design(
            len(columns["dnum"]),
            clusters=[columns["dnum"], columns["snum"]],
            fpc=[columns["fpc1"].astype(float), columns["fpc2"].astype(float)],
        ),
    )


def stratified(folder: Path) -> Sample:
    """Schools drawn within elementary, middle and high schools."""
    columns = read(folder / "survey-api/apistrat.csv")
    return Sample(
        columns,
        survey_design(
            len(columns["pw"]),
            weights=columns["pw"].astype(float),
            strata=[columns["stype"]],
            fpc=[columns["fpc"].astype(float)],
        ),
    )


def simple(folder: Path) -> Sample:
    """Two hundred schools of 6,194."""
    columns = read(folder / "survey-api/apisrs.csv")
    return Sample(
        columns,
        survey_design(
            len(columns["pw"]),
            weights=columns["pw"].astype(float),
            fpc=[columns["fpc"].astype(float)],
        ),
    )


def read(path: Path) -> dict[str, NDArray[np.str_]]:
    """The file's columns as text."""
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}
