"""Whether a revision stops callers that read and write beside it."""
