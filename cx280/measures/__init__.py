"""Facts recomputed from answers: shares, intervals, comparability, suppression."""
