"""The verbs, written once for every backend: what is asked is checked and understood here.

A backend supplies a handful of primitives (find a key, insert a row, select by a query, ...) and so
cannot differ in what it accepts, in the errors of a call, or in the cursors it hands out.
"""
