"""Tests of research with customers."""
