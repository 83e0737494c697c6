"""The checks, a file for each area; each judges facts and asks the server nothing."""
