"""What a schema is, in one hash and in a tree of them, and how far a database is from what it is to be."""
