"""Who hears what a run tells: events for machines, metrics, a webhook, several of them at once."""
