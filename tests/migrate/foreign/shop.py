"""A project of another team: made by Alembic's own commands, with revisions of every kind that such projects have."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent
from typing import Any
from unittest.mock import patch

from alembic import command
from alembic.config import Config

_MODELS = """
from __future__ import annotations

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

CURRENCIES = ("EUR", "USD")


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention={"uq": "uq_%(table_name)s_%(column_0_name)s", "pk": "pk_%(table_name)s"})
"""


@dataclass(frozen=True)
class Written:
    """A revision's own code, and what `alembic revision` is told."""

    id: str
    message: str
    upgrade: str
    downgrade: str
    head: str = "head"
    options: tuple[tuple[str, Any], ...] = ()
    before: str = ""


SHOP = (
    Written(
        "1a2b3c4d5e6f",
        "create customers",
        """
        op.create_table(
            "customers",
            sa.Column("id", sa.BigInteger(), sa.Identity(), primary_key=True),
            sa.Column("email", sa.String(200), nullable=False, unique=True),
            sa.Column("mood", sa.Enum("glad", "sad", name="mood"), server_default="glad", nullable=False),
            sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        )
        """,
        'op.drop_table("customers")\nop.execute("DROP TYPE mood")',
        options=(("branch_label", "customers"),),
    ),
    Written(
        "77aa00bb11cc",
        "first customers",
        """
        op.bulk_insert(
            sa.table("customers", sa.column("email", sa.String)),
            [{"email": f"{currency.lower()}@example.com"} for currency in CURRENCIES],
        )
        """,
        """op.execute(sa.text("DELETE FROM customers"))""",
        before="from shop.models import CURRENCIES\n",
    ),
    Written(
        "0f0f0f0f0f0f",
        "score of customers",
        """
        with op.batch_alter_table("customers") as batch:
            batch.add_column(sa.Column("score", sa.Integer(), nullable=True))
            batch.create_check_constraint("ck_customers_score", "score > 0")
        """,
        """
        with op.batch_alter_table("customers") as batch:
            batch.drop_column("score")
        """,
    ),
    Written(
        "5c5c5c5c5c5c",
        "score them",
        """
        session = Session(bind=op.get_bind())
        session.execute(sa.text("UPDATE customers SET score = length(email)"))
        session.commit()
        """,
        "pass",
        before="from sqlalchemy.orm import Session\n",
    ),
    Written(
        "e1e1e1e1e1e1",
        "index scores",
        """
        with op.get_context().autocommit_block():
            op.create_index(
                "ix_customers_score", "customers", ["score"], postgresql_concurrently=True, if_not_exists=True
            )
        """,
        """
        with op.get_context().autocommit_block():
            op.drop_index("ix_customers_score", "customers", postgresql_concurrently=True, if_exists=True)
        """,
    ),
    Written(
        "b2b2b2b2b2b2",
        "create orders",
        """
        op.create_table(
            "orders",
            sa.Column("id", sa.Uuid(), primary_key=True),
            sa.Column("customer_id", sa.BigInteger(), sa.ForeignKey("customers.id", name="fk_orders_customer")),
        )
        op.execute("INSERT INTO orders SELECT gen_random_uuid(), id FROM customers")
        """,
        'op.drop_table("orders")',
        options=(("branch_label", "orders"),),
    ),
    Written(
        "c3c3c3c3c3c3",
        "create stock",
        """
        op.create_table("stock", sa.Column("sku", sa.String(20), primary_key=True), sa.Column("pieces", sa.Integer))
        """,
        'op.drop_table("stock")',
        head="e1e1e1e1e1e1",
        options=(("splice", True), ("branch_label", "stock")),
    ),
    Written(
        "d4d4d4d4d4d4",
        "fill stock",
        """op.execute("INSERT INTO stock SELECT left(email, 20), 1 FROM customers")""",
        """op.execute("DELETE FROM stock")""",
        head="stock@head",
        options=(("depends_on", "b2b2b2b2"),),
    ),
    Written("a5a5a5a5a5a5", "merge", "pass", "pass", head="b2b2b2b2b2b2,d4d4d4d4d4d4"),
    Written(
        "9e9e9e9e9e9e",
        "wild customers",
        """
        op.add_column("orders", sa.Column("state", sa.Text(), nullable=True), if_not_exists=True)
        with op.get_context().autocommit_block():
            op.execute("ALTER TYPE mood ADD VALUE IF NOT EXISTS 'wild'")
        op.execute("UPDATE customers SET mood = 'wild' WHERE email LIKE 'eur%'")
        """,
        """
        op.execute("UPDATE customers SET mood = 'glad'")
        op.drop_column("orders", "state")
        """,
    ),
    Written(
        "8d8d8d8d8d8d",
        "state of orders",
        """
        name = context.config.get_main_option("script_location")
        assert name and op.get_context().config is context.config
        op.get_bind().execute(sa.text("UPDATE orders SET state = :state"), {"state": "new"})
        op.alter_column("orders", "state", nullable=False)
        """,
        'op.alter_column("orders", "state", nullable=True)',
        before="from alembic import context\n",
    ),
    Written(
        "7f7f7f7f7f7f",
        "open orders",
        """
        op.create_unique_constraint(None, "orders", ["state", "customer_id"])
        op.execute("CREATE VIEW open_orders AS SELECT id FROM orders WHERE state <> 'done'")
        """,
        'op.execute("DROP VIEW open_orders")\nop.drop_constraint("uq_orders_state", "orders")',
    ),
)
"""Twelve revisions: two branches, one of which depends on the other, and what becomes of them together."""


class Project:
    """An Alembic project in a folder, with its `alembic.ini`."""

    def __init__(self, folder: Path, template: str | None = "generic") -> None:
        self.folder = folder
        self.ini = folder / "alembic.ini"
        self.line = folder / "migrations"
        self.versions = self.line / "versions"
        if template is not None:
            folder.mkdir(parents=True, exist_ok=True)
            with redirect_stdout(io.StringIO()):
                command.init(self._config(), str(self.line), template=template)
            # The tests have their own logging, which a project's would end for all that come after.
            env = self.line / "env.py"
            env.write_text(env.read_text().replace("fileConfig(config.config_file_name)", "pass"))

    @classmethod
    def at(cls, folder: Path) -> Project:
        """Return the project that a folder has."""
        return cls(folder, template=None)

    def write(self, *revisions: Written) -> None:
        """Have Alembic make the files of revisions, and put their code in."""
        before = list(sys.path)
        for each in revisions:
            if "," in each.head:
                command.merge(self._config(), each.head.split(","), each.message, rev_id=each.id)
            else:
                command.revision(self._config(), each.message, head=each.head, rev_id=each.id, **dict(each.options))
        # Alembic puts the project's folder there for good.
        sys.path[:] = before
        for each in revisions:
            self._put(self.file(each.id), each)

    def add(self, id: str, upgrade: str, downgrade: str = "pass", **options: Any) -> Path:
        """Write one revision, and return its file."""
        head = options.pop("head", "head")
        self.write(Written(id, f"revision {id}", upgrade, downgrade, head, tuple(options.items())))
        return self.file(id)

    def file(self, id: str) -> Path:
        (found,) = self.versions.glob(f"*{id}*.py")
        return found

    def say(self, id: str, line: str) -> None:
        """Put a line into a revision's file, before its first import."""
        path = self.file(id)
        path.write_text(path.read_text().replace("from typing import", f"{line}\nfrom typing import", 1))

    def set(self, name: str, value: str) -> None:
        """Say something in the section of alembic.ini."""
        self.ini.write_text(self.ini.read_text().replace("[alembic]\n", f"[alembic]\n{name} = {value}\n", 1))

    def alembic(self, url: str, *arguments: str) -> str:
        """Run Alembic's own command on a database."""
        done = subprocess.run(
            [sys.executable, "-m", "alembic", "-c", str(self.ini), *arguments],
            env={**os.environ, "SHOP_URL": url.replace("postgresql:", "postgresql+psycopg:", 1)},
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def upgrade(self, url: str, revision: str) -> None:
        """Have Alembic upgrade a database, in this process: its command takes a second to start."""
        self._in_process(command.upgrade, url, revision)

    def downgrade(self, url: str, revision: str) -> None:
        """Have Alembic downgrade a database, in this process."""
        self._in_process(command.downgrade, url, revision)

    def _in_process(self, function: Callable[[Config, str], None], url: str, revision: str) -> None:
        variables = {"SHOP_URL": url.replace("postgresql:", "postgresql+psycopg:", 1)}
        path = list(sys.path)
        with chdir(self.folder), patch.dict(os.environ, variables):
            function(self._config(), revision)
        # Alembic puts the project's folder there for good.
        sys.path[:] = path

    def _config(self) -> Config:
        return Config(str(self.ini), toml_file=str(self.folder / "pyproject.toml"), cmd_opts=Namespace(quiet=True))

    def _put(self, path: Path, written: Written) -> None:
        text = path.read_text()
        for name, body in (("upgrade", written.upgrade), ("downgrade", written.downgrade)):
            code = indent(dedent(body).strip(), "    ")
            text = re.sub(rf'(def {name}\(\) -> None:\n    """.*?"""\n)    pass', lambda m, c=code: m[1] + c, text)
        path.write_text(text.replace("from alembic import op\n", f"from alembic import op\n{written.before}"))


def shop(folder: Path) -> Project:
    """Make the shop's project."""
    project = Project(folder)
    (folder / "shop").mkdir()
    (folder / "shop" / "__init__.py").touch()
    (folder / "shop" / "models.py").write_text(_MODELS)
    env = project.line / "env.py"
    text = env.read_text().replace("target_metadata = None", "target_metadata = Base.metadata")
    url = 'config.set_main_option("sqlalchemy.url", os.environ["SHOP_URL"].replace("%", "%%"))'
    text = text.replace("config = context.config", f"config = context.config\n{url}")
    env.write_text(f"import os\n\nfrom shop.models import Base\n{text}")
    project.write(*SHOP)
    stock = project.file("d4d4d4d4d4d4")
    # The label of the other branch, as people write it.
    stock.write_text(stock.read_text().replace("= 'b2b2b2b2b2b2'", "= 'orders'"))
    return project
