"""Whether the code of one release works with the schema of the next one, while both are there."""
