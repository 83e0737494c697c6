"""The rooms of the runner: what a run looks at, waits for, tries and writes down."""
