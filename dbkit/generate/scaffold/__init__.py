"""Writes what one writes by hand first: the files of a new entity, and the package of a new service around them."""
