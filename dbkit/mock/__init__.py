"""The place of generated mocks and of factories, beside the backends. Empty so far."""
