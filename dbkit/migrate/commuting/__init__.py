"""Whether two branches of a line lead to the same schema and rows in either order."""
