"""What a reviewer of new revisions has to know, in one comment."""
