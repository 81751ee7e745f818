"""Whom surveys ask, when and how often: sampling plans, contact rules, invitations."""
