"""Backfills: columns of a large table are written in small batches, beside those who use it."""
