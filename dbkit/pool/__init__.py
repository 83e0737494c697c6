"""The place of profiles, the fleet budget and the simulator: arithmetic over data. Empty so far."""
