"""Revisions proved: each check runs them on a scratch server and says what failed."""
