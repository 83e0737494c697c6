"""What a shop deals in: stores, widgets, their parts, what moves them, and what sensors read of them."""
