"""The in-memory twin: what its calls take, and how that grows with the rows that it holds."""
