"""The questions that are put to a server: its settings, sessions, roles and replication.

Only catalogues and statistics are read: nothing waits for a lock of a table, and no row of one is seen.
Columns are named as the fields of what a row becomes.
"""

from __future__ import annotations

from typing import Final, LiteralString

__all__ = [
    "ARCHIVER",
    "BUILD",
    "CLOCK",
    "DATABASES",
    "HOST_RULES",
    "IDENTITY",
    "LOCK_WAITS",
    "MD5_ROLES",
    "PREPARED",
    "RECEIVER",
    "ROLES",
    "ROLE_SETTINGS",
    "SESSIONS",
    "SETTINGS",
    "SLOTS",
    "STANDBYS",
    "TLS_VERSION",
]

IDENTITY: Final[LiteralString] = """
    SELECT quote_ident(current_user) AS role, quote_ident(datname) AS database, rolsuper AS is_superuser,
        pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') AS sees_sessions,
        pg_is_in_recovery() AS in_recovery, pg_encoding_to_char(encoding) AS encoding,
        datcollversion AS collation_version,
        pg_database_collation_actual_version(d.oid) AS collation_version_now,
        -- PUBLIC is the grantee 0; without a list of its own, a schema has the default, which gives nobody CREATE.
        EXISTS (SELECT FROM pg_namespace n, aclexplode(n.nspacl) AS granted
                WHERE n.nspname = 'public' AND granted.grantee = 0 AND granted.privilege_type = 'CREATE')
            AS public_may_create,
        pg_backend_pid() AS pid
    FROM pg_database d JOIN pg_roles r ON r.rolname = current_user
    WHERE datname = current_database()
"""

# What the command line sets wins after a restart too, though the server says that the file's value waits for one.
SETTINGS: Final[LiteralString] = """
    SELECT name, setting AS value, unit, reset_val AS reset_value,
        pending_restart AND source NOT IN ('command line', 'environment variable') AS pending_restart
    FROM pg_settings
"""

BUILD: Final[LiteralString] = """
    SELECT (SELECT system_identifier FROM pg_control_system())::text AS system_identifier,
        (SELECT timeline_id FROM pg_control_checkpoint()) AS timeline
"""

CLOCK: Final[LiteralString] = "SELECT extract(epoch FROM clock_timestamp())::float8"

TLS_VERSION: Final[LiteralString] = "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"

SESSIONS: Final[LiteralString] = """
    SELECT a.pid, quote_ident(a.usename) AS role, coalesce(a.application_name, '') AS application_name,
        r.rolsuper AS is_superuser, a.datname = current_database() AS is_here, a.state,
        extract(epoch FROM clock_timestamp() - a.xact_start)::float8 AS transaction_seconds,
        extract(epoch FROM clock_timestamp() - a.state_change)::float8 AS state_seconds
    FROM pg_stat_activity a LEFT JOIN pg_roles r ON r.oid = a.usesysid
    -- The kind of other roles' sessions is shown to some only.
    WHERE a.datid IS NOT NULL AND coalesce(a.backend_type, 'client backend') = 'client backend'
        AND a.pid <> pg_backend_pid()
    ORDER BY a.xact_start, a.pid
"""

# Blockers are looked up for waiting sessions alone: it stops the lock table for a moment.
LOCK_WAITS: Final[LiteralString] = """
    SELECT l.pid, coalesce(a.application_name, '') AS application_name,
        CASE WHEN l.database = d.oid THEN l.relation::regclass::text END AS relation,
        extract(epoch FROM clock_timestamp() - l.waitstart)::float8 AS seconds,
        pg_blocking_pids(l.pid) AS blockers
    FROM (SELECT * FROM pg_locks WHERE NOT granted AND waitstart IS NOT NULL ORDER BY waitstart LIMIT 20) l
    JOIN pg_database d ON d.datname = current_database()
    LEFT JOIN pg_stat_activity a ON a.pid = l.pid
"""

PREPARED: Final[LiteralString] = """
    SELECT quote_literal(gid) AS gid, quote_ident(database) AS database,
        extract(epoch FROM clock_timestamp() - prepared)::float8 AS seconds
    FROM pg_prepared_xacts ORDER BY prepared
"""

ROLES: Final[LiteralString] = """
    SELECT quote_ident(rolname) AS name, rolname AS plain_name, rolsuper AS is_superuser,
        rolcreaterole AS may_create_roles, rolcreatedb AS may_create_databases,
        -- The policies of `dbkit db roles` are not for services, which pass by them.
        rolbypassrls AND EXISTS (SELECT FROM pg_policy WHERE NOT starts_with(polname, 'dbkit_'))
            AS may_bypass_row_security,
        rolreplication AS may_replicate,
        has_database_privilege(oid, current_database(), 'CONNECT') AS may_connect,
        rolconnlimit AS connection_limit,
        -- One that is infinite is none.
        CASE WHEN isfinite(rolvaliduntil) THEN extract(epoch FROM rolvaliduntil - clock_timestamp())::float8 END
            AS expires_in_seconds
    FROM pg_roles WHERE rolcanlogin AND rolname !~ '^pg_' ORDER BY rolname
"""

ROLE_SETTINGS: Final[LiteralString] = """
    SELECT CASE WHEN s.setrole = 0 THEN 'DATABASE ' || quote_ident(d.datname)
            WHEN s.setdatabase = 0 THEN 'ROLE ' || quote_ident(r.rolname)
            ELSE 'ROLE ' || quote_ident(r.rolname) || ' IN DATABASE ' || quote_ident(d.datname) END AS scope,
        split_part(entry, '=', 1) AS name, substr(entry, strpos(entry, '=') + 1) AS value
    FROM pg_db_role_setting s
    LEFT JOIN pg_roles r ON r.oid = s.setrole
    LEFT JOIN pg_database d ON d.oid = s.setdatabase
    CROSS JOIN unnest(s.setconfig) AS entry
    WHERE s.setrole IN (0, (SELECT oid FROM pg_roles WHERE rolname = current_user))
        AND s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
"""

# Of a password, nothing is taken but that it is one of these.
MD5_ROLES: Final[LiteralString] = """
    SELECT quote_ident(rolname) FROM pg_authid WHERE rolcanlogin AND rolpassword LIKE 'md5%' ORDER BY 1
"""

# From PostgreSQL 16 on, rules may be in several files.
HOST_RULES: Final[LiteralString] = """
    SELECT coalesce(regexp_replace(to_jsonb(r) ->> 'file_name', '^.*/', ''), 'pg_hba.conf') AS file,
        line_number AS line, type, address, auth_method AS method, error IS NOT NULL AS is_broken
    FROM pg_hba_file_rules r ORDER BY 1, 2
"""

DATABASES: Final[LiteralString] = """
    SELECT coalesce(d.datname, 'what all databases share') AS name,
        coalesce(age(d.datfrozenxid), 0) AS transaction_age, coalesce(mxid_age(d.datminmxid), 0) AS multixact_age,
        coalesce(s.checksum_failures, 0) AS checksum_failures
    FROM pg_stat_database s LEFT JOIN pg_database d ON d.oid = s.datid ORDER BY 2 DESC
"""

SLOTS: Final[LiteralString] = """
    SELECT quote_literal(slot_name) AS name, active AS is_active, slot_type = 'logical' AS is_logical, wal_status,
        pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END,
            restart_lsn)::float8 AS retained_bytes
    FROM pg_replication_slots WHERE NOT temporary ORDER BY slot_name
"""

STANDBYS: Final[LiteralString] = """
    SELECT coalesce(nullif(application_name, ''), pid::text) AS name, state, sync_state,
        pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END,
            replay_lsn)::float8 AS lag_bytes,
        extract(epoch FROM replay_lag)::float8 AS lag_seconds
    FROM pg_stat_replication ORDER BY application_name, pid
"""

RECEIVER: Final[LiteralString] = """
    SELECT EXISTS (SELECT FROM pg_stat_wal_receiver WHERE pid IS NOT NULL) AS is_streaming,
        current_setting('restore_command') <> '' AS restores_from_archive,
        pg_get_wal_replay_pause_state() <> 'not paused' AS is_paused,
        pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())::float8 AS unreplayed_bytes,
        extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp())::float8 AS replayed_seconds_ago
"""

ARCHIVER: Final[LiteralString] = """
    SELECT coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) AS is_failing,
        failed_count
    FROM pg_stat_archiver
"""
