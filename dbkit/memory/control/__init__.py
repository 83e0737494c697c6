"""What a database in memory offers and no server can: snapshots, a clock that obeys, sessions step by step, faults."""
