"""Previews: a database and a role for each branch, on a server that they share with others."""
