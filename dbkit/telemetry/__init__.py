"""Show what the pools and repositories do: spans, metrics, alert rules, a dashboard."""
