"""The trace of a line: what each statement locks, scans, writes anew and builds, seen on a scratch server."""
