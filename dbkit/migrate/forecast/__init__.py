"""What applying revisions would do to a database, told beforehand from the trace and from how large its tables are."""
