"""The history of a line's tables, read from its revisions, as a picture and as text."""
