"""Whether sizes are those of a database of this line: what they say of another one would be nonsense."""

from __future__ import annotations

from dbkit.migrate.forecast.statistics import Statistics
from dbkit.migrate.line import Line
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["require_of_database", "require_of_line"]

_ADVICE = "Write them anew: `dbkit migrate statistics URL > FILE`."


def require_of_line(statistics: Statistics, line: Line) -> None:
    """Raise `ConfigurationInvalid` where the sizes are those of a database that this line has not made."""
    shown = _shown(statistics)
    if statistics.revision is None:
        if statistics.tables:
            raise ConfigurationInvalid(
                f"the statistics are of {shown}, which has tables and is at no revision of any line", advice=_ADVICE
            )
    elif statistics.revision not in line.position:
        raise ConfigurationInvalid(
            f"the statistics are of {shown}, at the revision {statistics.revision}, which this line does not have",
            advice=_ADVICE,
        )


def require_of_database(statistics: Statistics, live: Statistics) -> None:
    """Raise `ConfigurationInvalid` where the sizes are of a database at the same revision with another schema.

    Sizes of another database with the same schema are what plans are made with: of production, for a smaller one.
    """
    ours, theirs = live.origin.fingerprint, statistics.origin.fingerprint
    if statistics.revision != live.revision or not theirs or ours == theirs:
        return
    if statistics.origin.server_version != live.origin.server_version:
        return
    raise ConfigurationInvalid(
        f"the statistics are of {_shown(statistics)}, whose schema is another one than that of {live.database} at the"
        f" same revision {live.revision}",
        advice="Write them anew, or see by `dbkit migrate check URL` in which of the two something differs.",
    )


def _shown(statistics: Statistics) -> str:
    origin = statistics.origin
    where = f", schema {origin.schema} of {origin.name}" if origin.name else ""
    system = f" on the server {origin.system}" if origin.system else ""
    return f"{statistics.database}{where}{system}"
