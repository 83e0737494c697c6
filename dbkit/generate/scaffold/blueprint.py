"""What a new entity's files say: the values of their templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dbkit.generate.names import Names, exported
from dbkit.generate.scaffold.fields import Field, States
from dbkit.generate.scaffold.naming import EntityName, require_short, with_article
from dbkit.generate.scaffold.parents import KeyColumn, Parent
from dbkit.generate.scaffold.texts import filled, lines

__all__ = ["Blueprint"]


@dataclass(frozen=True)
class Blueprint:
    """A new entity: its names, its fields beside the name, its lifecycle, and what it is under."""

    name: EntityName
    fields: tuple[Field, ...] = ()
    states: States = field(default_factory=States)
    parent: Parent | None = None

    def require_short_names(self) -> None:
        """Raise `ConfigurationInvalid` where a constraint or an index would have a name that is too long."""
        keys = [f"fk_{self.name.plural}_{each.name}" for each in self._refers]
        checks = [f"ck_{self.name.plural}_{name}" for name in ("status", *(each.name for each in self.fields))]
        require_short([self._unique_index, self._parent_index, *keys, *checks])

    @property
    def values(self) -> Mapping[str, str]:
        """What all templates have in common."""
        name, parent = self.name, self.parent
        return {
            "singular": name.singular,
            "plural": name.plural,
            "Plural": name.plural_words.capitalize(),
            "noun": name.noun,
            "constant": name.constant,
            "words": name.words,
            "plural_words": name.plural_words,
            "a_words": with_article(name.words),
            "A_words": with_article(name.words).capitalize(),
            "of_parents": f" of {with_article(parent.words)}" if parent else "",
            "of_a_parent": f" of {with_article(parent.words)}" if parent else "",
            "of_its_parent": f" of its {parent.words}" if parent else "",
        }

    def types(self, names: Names, identifier: str) -> str:
        """Return the module of the values; `identifier` is the line that declares their id, if it is here."""
        name = self.name
        own = [f"New{name.noun}", name.noun, f"{name.noun}Filter"]
        own += [f"{name.noun}Id"] if identifier else []
        own += [f"{name.noun}Status"] if self.states.names else []
        return filled(
            "entity/types.py",
            {
                **self.values,
                "exports": exported(own).removeprefix("__all__ = "),
                "identifier": f"\n{identifier}\n" if identifier else "",
                "states": self._states(),
                "new_fields": lines(4, *self._value_lines()),
                "filter_fields": lines(4, *self._filter_lines()),
            },
            names,
        )

    def model(self, names: Names) -> str:
        """Return the module of the model."""
        columns, constraints = self._column_lines(), [f"{each}," for each in self._constraints()]
        more = {"columns": lines(4, *columns), "constraints": lines(8, *constraints)}
        return filled("entity/models.py", {**self.values, **more}, names)

    @property
    def _refers(self) -> tuple[KeyColumn, ...]:
        return self.parent.columns if self.parent else ()

    @property
    def _tenant(self) -> KeyColumn | None:
        return self.parent.tenant if self.parent else None

    @property
    def _others(self) -> tuple[KeyColumn, ...]:
        return self.parent.others if self.parent else ()

    @property
    def _unique_index(self) -> str:
        return "_".join(["uq", self.name.plural, *(each.name for each in self._refers), "name", "live"])

    @property
    def _parent_index(self) -> str:
        return "_".join(["ix", self.name.plural, *(each.name for each in self._refers)])

    def _states(self) -> str:
        if not self.states.names:
            return ""
        members = lines(4, *self.states.members)
        return filled("entity/states.py", {**self.values, "members": members, "steps": self.states.steps})

    def _value_lines(self) -> Iterator[str]:
        noun = self.name.noun
        if self._tenant:
            yield f"{self._tenant.name}: {self._tenant.annotation}"
        yield f"id: {noun}Id = Field(default_factory=identifier({noun}Id))"
        yield from (f"{each.name}: {each.annotation}" for each in self._others)
        yield "name: Text"
        if self.states.names:
            yield f"status: {noun}Status = {noun}Status.{self.states.names[0].upper()}"
        yield from (each.in_value for each in self.fields)

    def _filter_lines(self) -> Iterator[str]:
        noun = self.name.noun
        if self._tenant:
            yield f"{self._tenant.name}: {self._tenant.annotation} | EveryTenant"
        yield from (f"{each.name}: {each.annotation} | AnyOf[{each.annotation}] | None = None" for each in self._others)
        yield "name: IgnoringCase | Prefix | None = None"
        if self.states.names:
            yield f"status: {noun}Status | AnyOf[{noun}Status] | None = None"
        yield from (each.in_filter for each in self.fields)

    def _column_lines(self) -> Iterator[str]:
        if self._tenant:
            yield f"{self._tenant.name}: Mapped[{self._tenant.column}] = mapped_column(primary_key=True)"
        yield "id: Mapped[Identifier] = mapped_column(primary_key=True)"
        yield from (f"{each.name}: Mapped[{each.column}] = mapped_column(info=IMMUTABLE)" for each in self._others)
        yield "name: Mapped[PlainText] = mapped_column()"
        if self.states.names:
            default = f"server_default=text(\"'{self.states.names[0]}'\")"
            yield f"status: Mapped[PlainText] = mapped_column({default})"
        yield from (each.in_model for each in self.fields)

    def _constraints(self) -> Iterator[str]:
        yield from self._foreign_keys()
        yield from (each.check for each in self.fields if each.check)
        yield 'CheckConstraint(name != "", name="name")'
        if self.states.names:
            yield f'one_of(status, {self.name.noun}Status, name="status")'
        columns = "".join(f"{each.name}, " for each in self._refers)
        live = "postgresql_where=deleted_at.is_(None)"
        yield f'Index("{self._unique_index}", {columns}func.lower(name), unique=True, {live})'
        if self._others:
            yield f'Index("{self._parent_index}", {columns.removesuffix(", ")})'

    def _foreign_keys(self) -> Iterator[str]:
        if self.parent is None:
            return
        own = ", ".join(f'"{each.name}"' for each in self._refers)
        theirs = ", ".join(f'"{self.parent.table}.{each.target}"' for each in self._refers)
        yield f'ForeignKeyConstraint([{own}], [{theirs}], ondelete="CASCADE")'
        if self.parent.others and self.parent.tenant_target:
            tenant = self.parent.tenant.name
            yield f'ForeignKeyConstraint(["{tenant}"], ["{self.parent.tenant_target}"], ondelete="CASCADE")'
