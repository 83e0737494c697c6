"""The tables that the rules' examples are about."""

from __future__ import annotations

__all__ = ["CUSTOMERS", "MEASURES", "ORDERS"]

ORDERS = """
CREATE TABLE orders (
  id bigint PRIMARY KEY, customer_id bigint, state text NOT NULL, total numeric(12, 2), placed_at timestamptz,
  notes text)
"""
CUSTOMERS = "CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL)"
MEASURES = """
CREATE TABLE measures (day date NOT NULL, value numeric, PRIMARY KEY (day)) PARTITION BY RANGE (day);
CREATE TABLE measures_2024 PARTITION OF measures FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')
"""
