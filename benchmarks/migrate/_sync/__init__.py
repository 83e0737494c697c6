# Generated from benchmarks/migrate/_async/__init__.py by tools/unasync.py; edit that file instead.
"""Services whose column is widened under them."""
