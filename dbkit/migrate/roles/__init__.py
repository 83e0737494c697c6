"""Roles of a database: what each may do, as the entities' verbs say it, and what a server has of that."""
