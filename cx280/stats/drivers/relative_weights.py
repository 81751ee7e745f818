"""Importance by Johnson's relative weights: nearly LMG's figures at a fraction of the work.

Johnson, J. W. (2000), A heuristic method for estimating the relative weight of predictor variables
in multiple regression, Multivariate Behavioral Research 35, 1-19.
"""

from __future__ import annotations

import numpy as np

from cx280.stats.drivers.patterns import Floats


def relative_weights(correlations: Floats) -> Floats:
    """(B, k) importance of k drivers in B correlation matrices (B, k+1, k+1), outcome first.

    The outcome is regressed on the uncorrelated variables nearest to the drivers, and what those
    explain is handed back through how each driver goes with them. Each row sums to R².
    """
    among, with_outcome = correlations[:, 1:, 1:], correlations[:, 1:, 0]
    values, vectors = np.linalg.eigh(among)
    roots = np.sqrt(np.maximum(values, 1e-12))
    turned = np.swapaxes(vectors, 1, 2)
    loadings = (vectors * roots[:, None, :]) @ turned
    slopes = (vectors / roots[:, None, :]) @ turned @ with_outcome[:, :, None]
    result: Floats = (loadings**2 @ slopes**2)[:, :, 0]
    return result
