"""What entities do beyond the common verbs, each in a file of its name, for every backend."""
