"""What all mocks are made of: stubs, records of calls, checks against the real annotations, verification."""
