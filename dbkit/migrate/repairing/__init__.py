"""What a person needs after an accident: what is wrong, what can be done, and what proves that it is right."""
