"""A small service on dbkit: stores, and the widgets that they make and sell."""
