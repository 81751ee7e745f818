"""Tests of the burden of journeys."""
