"""Partitions of months: made before their time, retired when their rows are old enough, dropped after a grace."""
