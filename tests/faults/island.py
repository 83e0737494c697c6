"""A server behind a network that a test cuts: what is sent is dropped, and nobody is told."""

from __future__ import annotations

import ctypes
import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from psycopg.conninfo import make_conninfo

from tests.faults.node import ROLE, Node
from tests.faults.shop import create_tables

__all__ = ["Island", "NoNamespaces"]

T = TypeVar("T")

_NEW_NETWORK = 0x40000000
_ENVIRONMENT = {**os.environ, "PATH": f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"}
"""Where the tools of networks are, not everybody's PATH leads."""

_RULES = "local all all trust\nhost all all all trust\n"


class NoNamespaces(Exception):
    """This machine gives no network namespaces, or has no tools for them."""


class Island:
    """A server in a network namespace, over a pair of interfaces, with one empty and one small database."""

    def __init__(self, name: str, folder: Path, subnet: str) -> None:
        self.name = name
        self.address = f"{subnet}.2"
        self.node = self._inside(
            lambda: Node.made(folder, settings={"listen_addresses": f"127.0.0.1,{self.address}"}, rules=_RULES)
        )
        self._inside(lambda: create_tables(self.node))

    @classmethod
    @contextmanager
    def made(cls, folder: Path) -> Iterator[Island]:
        """Make the namespace and the server; raises `NoNamespaces`."""
        # Of this process alone, as other processes of the run make islands too.
        name, subnet = f"dbkit{os.getpid()}", f"10.{200 + os.getpid() // 250 % 50}.{os.getpid() % 250}"
        with _namespace(name, subnet):
            island = cls(name, folder, subnet)
            try:
                yield island
            finally:
                island.node.remove()

    def conninfo(self) -> str:
        """Return libpq's connection string, from outside."""
        return make_conninfo(host=self.address, port=self.node.port, user=ROLE, dbname="postgres")

    def cut(self) -> None:
        """Drop all packets from now on."""
        for chain, way in (("INPUT", "-i"), ("OUTPUT", "-o")):
            _run("ip", "netns", "exec", self.name, "iptables", "-A", chain, way, "inside", "-j", "DROP")

    def mend(self) -> None:
        """Let packets through again."""
        _run("ip", "netns", "exec", self.name, "iptables", "-F")

    def _inside(self, work: Callable[[], T]) -> T:
        """Call a function on a thread whose network is the island's; processes that it starts have it too."""
        results: list[T] = []

        def enter() -> None:
            with Path(f"/var/run/netns/{self.name}").open() as namespace:
                if ctypes.CDLL(None, use_errno=True).setns(namespace.fileno(), _NEW_NETWORK):
                    raise NoNamespaces(os.strerror(ctypes.get_errno()))
            results.append(work())

        thread = threading.Thread(target=enter)
        thread.start()
        thread.join()
        return results[0]


@contextmanager
def _namespace(name: str, subnet: str) -> Iterator[None]:
    outside = f"{name}o"
    _run("ip", "netns", "add", name)
    try:
        _run("ip", "link", "add", outside, "type", "veth", "peer", "name", "inside", "netns", name)
        _run("ip", "address", "add", f"{subnet}.1/30", "dev", outside)
        _run("ip", "link", "set", outside, "up")
        for command in (f"address add {subnet}.2/30 dev inside", "link set inside up", "link set lo up"):
            _run("ip", "-n", name, *command.split())
        _run("ip", "netns", "exec", name, "iptables", "-L", "-n")
        yield
    finally:
        _run("ip", "netns", "delete", name)


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=_ENVIRONMENT)
    except FileNotFoundError as error:
        raise NoNamespaces(f"there is no {error.filename}") from error
    if done.returncode:
        raise NoNamespaces(f"{' '.join(command)}: {done.stderr.strip()}")
