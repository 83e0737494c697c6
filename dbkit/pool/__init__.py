"""The place of profiles, the fleet budget and the simulator: arithmetic over data, below every backend. Empty so far."""
