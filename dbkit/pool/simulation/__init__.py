"""A fleet in virtual time: its calls, its pools and its server as events, the same for the same seed."""
