"""The memory of this process."""

from __future__ import annotations

from pathlib import Path

__all__ = ["is_measurable", "memory_bytes", "memory_bytes_max", "reset_memory_max"]

_PROCESS = Path("/proc/self")


def is_measurable() -> bool:
    """Tell whether this system says how much memory a process had at most (Linux does)."""
    return (_PROCESS / "clear_refs").exists()


def reset_memory_max() -> int:
    """Forget the most memory that this process had, and return how much it has."""
    (_PROCESS / "clear_refs").write_text("5")
    return memory_bytes_max()


def memory_bytes_max() -> int:
    """Return the most memory that this process had since the last reset."""
    return _bytes_of("VmHWM:")


def memory_bytes() -> int:
    """Return the memory that this process has."""
    return _bytes_of("VmRSS:")


def _bytes_of(name: str) -> int:
    lines = (_PROCESS / "status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))
