"""A squashed start for new databases: what a line leads to up to one of its revisions, as one script of SQL."""
