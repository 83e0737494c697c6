"""What a server reported, without what it must not tell."""

from __future__ import annotations

__all__ = ["ServerReport"]


class ServerReport(Exception):
    """What the server or driver reported, without row data: the `__cause__` of a `DbkitError`.

    Holds the SQLSTATE and the names of schema objects only. Messages and DETAIL are left out
    because both may quote values.
    """

    def __init__(
        self,
        sqlstate: str | None,
        *,
        table: str | None = None,
        column: str | None = None,
        constraint: str | None = None,
        kind: str = "",
    ) -> None:
        self.sqlstate = sqlstate
        self.table = table
        self.column = column
        self.constraint = constraint
        self.kind = kind
        names = {"table": table, "column": column, "constraint": constraint}
        facts = [f"SQLSTATE {sqlstate}" if sqlstate else "no SQLSTATE"]
        facts += [f"{name} {value}" for name, value in names.items() if value]
        super().__init__(f"{kind}: {', '.join(facts)}" if kind else ", ".join(facts))

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild_report, (dict(self.__dict__), self.args))


def _rebuild_report(state: dict[str, object], args: tuple[object, ...]) -> ServerReport:
    report = ServerReport.__new__(ServerReport)
    report.args = args
    report.__dict__.update(state)
    return report
