"""Deliveries: messages to destinations, each delivered at least once."""
