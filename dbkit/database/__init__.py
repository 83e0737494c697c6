"""The composition root: a URL becomes a database, and a context has one."""
