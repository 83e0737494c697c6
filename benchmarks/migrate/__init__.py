"""Migrations under live traffic: dbkit's command beside Alembic's own, and what those feel who use the tables."""
