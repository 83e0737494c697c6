"""What the commands that make and change schemas do."""
