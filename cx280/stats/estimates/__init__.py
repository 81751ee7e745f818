"""Design-based estimates: what a sample says of its population, and how sure it is.

    design = survey_design(n, weights=w, strata=[stratum], fpc=[size])
    mean(design, values).interval()

numpy and scipy only. Figures follow the conventions of R's survey (Lumley, T. 2010, Complex
Surveys, Wiley); docs/guides/estimates.md names the convention of each.
"""

from cx280.stats.estimates.calibration import calibrate, category_columns, post_stratify, rake
from cx280.stats.estimates.changes import Change, change, change_of_shares, change_within
from cx280.stats.estimates.comparing import compare_table, compare_two
from cx280.stats.estimates.design import Design, survey_design
from cx280.stats.estimates.domains import by_domain
from cx280.stats.estimates.means import counts, mean, means, shares, total, totals
from cx280.stats.estimates.plans import weights_of_plan
from cx280.stats.estimates.population_shares import share
from cx280.stats.estimates.proportions import Method, Share, share_interval
from cx280.stats.estimates.quantiles import Quantile, quantile
from cx280.stats.estimates.ratios import ratio
from cx280.stats.estimates.regression import Family, regression
from cx280.stats.estimates.replicates import (
    Replicates,
    bootstrap,
    given_replicates,
    jackknife,
    mean_of,
    quantile_of,
    ratio_of,
    replicate_estimate,
    total_of,
)
from cx280.stats.estimates.results import Estimate, Estimates
from cx280.stats.estimates.stages import Lonely

__all__ = [
    "Change",
    "Design",
    "Estimate",
    "Estimates",
    "Family",
    "Lonely",
    "Method",
    "Quantile",
    "Replicates",
    "Share",
    "bootstrap",
    "by_domain",
    "calibrate",
    "category_columns",
    "change",
    "change_of_shares",
    "change_within",
    "compare_table",
    "compare_two",
    "counts",
    "given_replicates",
    "jackknife",
    "mean",
    "mean_of",
    "means",
    "post_stratify",
    "quantile",
    "quantile_of",
    "rake",
    "ratio",
    "ratio_of",
    "regression",
    "replicate_estimate",
    "share",
    "share_interval",
    "shares",
    "survey_design",
    "total",
    "total_of",
    "totals",
    "weights_of_plan",
]
