"""Which change of an entity is an event, and what it tells: declared once, beside the entity.

A rule is data, so that a server does all of it in the statement that makes the change, and the twin does the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any, Literal, TypeAlias, get_args, get_origin

from pydantic import BaseModel
from sqlalchemy import ClauseElement

from dbkit.events.agreement import require_agreement, require_columns, require_source, require_texts
from dbkit.events.auditing import Audit
from dbkit.events.event import Event
from dbkit.events.sources import After, Before, Constant, Differences, Document, Now, Source
from dbkit.models.entity import Entity
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["ABSENT", "PRESENT", "Emission", "Emissions", "EntityEvents", "Exists", "Rule", "Test", "before_columns"]


class Presence(Enum):
    """Whether a column has a value."""

    PRESENT = "present"
    ABSENT = "absent"


PRESENT = Presence.PRESENT
ABSENT = Presence.ABSENT

Test: TypeAlias = Presence | tuple[str, ...]
"""What a column has to be: there, not there, or one of these texts."""


_ANY: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Exists:
    """A row of another entity has to be there, whose columns are what these sources give."""

    entity: Entity[Any, Any, Any]
    columns: Mapping[str, After | Constant]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A change that is an event.

    `created` are rows that are new, or back from deletion; `changed` those of which one of these columns is another
    than before, and, where `named` has columns, only by an update that names one of those; `deleted` are live rows
    that are deleted, softly or for good. `where` says what columns have to be after the change, `was` what
    they had to be before it, `only_if` what else has to be there. A field of the event that `fields` does not name is
    the column of its name, the row's id, or the constant that its type allows alone.
    """

    event: type[Event]
    created: bool = False
    changed: tuple[str, ...] = ()
    deleted: bool = False
    named: tuple[str, ...] = ()
    where: Mapping[str, Test] = field(default_factory=dict)
    was: Mapping[str, Test] = field(default_factory=dict)
    only_if: tuple[Exists, ...] = ()
    fields: Mapping[str, Source] = field(default_factory=dict)

    def is_of_update(self, changes: Mapping[str, Any]) -> bool:
        """Tell whether an update with these values may be the event; an expression may come to anything."""
        is_named = not self.named or any(name in changes for name in self.named)
        return is_named and any(name in changes for name in self.changed) and self.is_possible(changes)

    def is_possible(self, values: Mapping[str, Any]) -> bool:
        """Tell whether a row with these values may be the event."""
        return all(_may_meet(values[name], test) for name, test in self.where.items() if name in values)


@dataclass(frozen=True, slots=True, eq=False)
class Emission:
    """A rule of an entity with all that its event says."""

    rule: Rule
    payload: Document
    key: Source
    project_id: Source | None


class _Glance:
    """What rules can tell values apart by: equal for values of which they say the same."""

    def __init__(self, rules: Collection[Rule]) -> None:
        self._tested = frozenset(name for rule in rules for name in rule.where)
        self._tested_of_new = tuple(dict.fromkeys(name for rule in rules if rule.created for name in rule.where))
        tests = (test for rule in rules for test in rule.where.values() if isinstance(test, tuple))
        self._texts = frozenset(text for test in tests for text in test)

    def of_creation(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return what is seen of a new row's values; of one that is not given, that nothing is known."""
        return tuple([self._seen(values.get(name, ...)) for name in self._tested_of_new])

    def of_update(self, changes: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return what is seen of an update."""
        tested = self._tested
        return tuple([(name, self._seen(value) if name in tested else None) for name, value in changes.items()])

    def _seen(self, value: Any) -> Any:
        if value is None or value is ...:
            return value
        if isinstance(value, str):
            return str(value) if value in self._texts else ""
        return not isinstance(value, ClauseElement)


class EntityEvents:
    """The events of one entity.

    Raises `ConfigurationInvalid` for an event that the entity's rows could not fill.
    """

    def __init__(self, entity: Entity[Any, Any, Any], *rules: Rule) -> None:
        self.entity = entity
        self.rules = rules
        self._emissions = tuple(_emission(entity, rule) for rule in rules)
        self._glance = _Glance(rules)
        # Each write asks, and there are few different answers.
        self._of_updates: dict[Any, tuple[Emission, ...]] = {}
        self._of_creations: dict[Any, tuple[Emission, ...]] = {}

    def __repr__(self) -> str:
        return f"EntityEvents({self.entity.name})"

    def __iter__(self) -> Iterator[Emission]:
        """Iterate over all that the entity may tell."""
        return iter(self._emissions)

    def of_creation(self, values: Mapping[str, Any] = _ANY) -> tuple[Emission, ...]:
        """Return what a new row may tell, one with these values."""
        seen = self._glance.of_creation(values)
        found = self._of_creations.get(seen)
        if found is None:
            made = (each for each in self._emissions if each.rule.created and each.rule.is_possible(values))
            found = self._of_creations[seen] = tuple(made)
        return found

    def of_update(self, changes: Mapping[str, Any]) -> tuple[Emission, ...]:
        """Return what an update with these values may tell."""
        seen = self._glance.of_update(changes)
        found = self._of_updates.get(seen)
        if found is None:
            made = (each for each in self._emissions if each.rule.is_of_update(changes))
            found = self._of_updates[seen] = tuple(made)
        return found

    def of_deletion(self) -> tuple[Emission, ...]:
        """Return what the deletion of a row may tell."""
        return tuple(each for each in self._emissions if each.rule.deleted)


class Emissions:
    """The events of a database's entities, and the entity that they are stored as, in the transaction of the change.

    Raises `ConfigurationInvalid` for an event whose topic the outbox does not take.
    """

    def __init__(
        self, outbox: Entity[Any, Any, Any], declared: Iterable[EntityEvents], audit: Audit | None = None
    ) -> None:
        self.outbox = outbox
        self._audit = audit
        self._declared = {each.entity: each for each in declared}
        _require_topics(outbox, self._declared.values())

    def of(self, entity: Entity[Any, Any, Any]) -> EntityEvents | None:
        """Return the events of an entity, if it has some."""
        return self._declared.get(entity)

    def audit_of(self, entity: Entity[Any, Any, Any]) -> Audit | None:
        """Return how changes of an entity are recorded with who made them; None where they are not."""
        return self._audit if self._audit is not None and entity in self._audit.entities else None


def before_columns(emissions: Collection[Emission]) -> tuple[str, ...]:
    """Return the columns of which events, or whether they are some, ask what they were before the change."""
    names: dict[str, None] = {}
    for each in emissions:
        names |= dict.fromkeys((*each.rule.changed, *each.rule.was))
        leaves = _leaves(each.payload)
        names |= dict.fromkeys(source.column for source in leaves if isinstance(source, Before | Differences))
    return tuple(names)


def _may_meet(value: Any, test: Test) -> bool:
    if isinstance(value, ClauseElement):
        return True
    if isinstance(test, tuple):
        return not isinstance(value, str) or value in test
    return (value is not None) is (test is PRESENT)


def _leaves(document: Document) -> Iterator[Source]:
    for source in document.members.values():
        if isinstance(source, Document):
            yield from _leaves(source)
        else:
            yield source


def _emission(entity: Entity[Any, Any, Any], rule: Rule) -> Emission:
    _require_sound(entity, rule)
    payload = _document(entity, rule, rule.event)
    key = payload.members[rule.event.ordered_by]
    project = payload.members.get("project_id")
    return Emission(rule, payload, key, project)


def _document(entity: Entity[Any, Any, Any], rule: Rule, model: type[BaseModel]) -> Document:
    members: dict[str, Source] = {}
    present = [column for column, test in rule.where.items() if test is not ABSENT]
    for name, info in model.model_fields.items():
        annotation = info.annotation
        if name not in rule.fields and isinstance(annotation, type) and issubclass(annotation, BaseModel):
            members[name] = _document(entity, rule, annotation)
            continue
        source = rule.fields.get(name) or _default(entity, name, annotation)
        if source is None:
            raise ConfigurationInvalid(
                f"nothing of {entity.name} is the {name} of {rule.event.__name__}",
                entity=entity.name,
                fields=(name,),
                advice="Name where it comes from, in the rule's fields.",
            )
        require_agreement(
            entity, source, info, f"{model.__name__}.{name}", present=present, has_before=not rule.created
        )
        members[name] = source
    return Document(members)


def _default(entity: Entity[Any, Any, Any], name: str, annotation: Any) -> Source | None:
    if get_origin(annotation) is Literal and len(get_args(annotation)) == 1:
        return Constant(str(get_args(annotation)[0]))
    if name in entity.fields:
        return After(name)
    if name == f"{entity.singular}_id" and "id" in entity.fields:
        return After("id")
    return Now() if name == "occurred_at" else None


def _require_sound(entity: Entity[Any, Any, Any], rule: Rule) -> None:
    """Raise `ConfigurationInvalid` for a rule that names what is not there, or that no change is about."""
    _require_change(entity, rule)
    require_columns(entity, (*rule.changed, *rule.named, *rule.where, *rule.was))
    for column, test in (*rule.where.items(), *rule.was.items()):
        if isinstance(test, tuple):
            require_texts(entity, column, test)
    for each in rule.only_if:
        require_columns(each.entity, each.columns)
    asked = (source for each in rule.only_if for source in each.columns.values())
    for source in (*asked, *rule.fields.values()):
        require_source(entity, source)
    unknown = tuple(sorted(set(rule.fields) - _names(rule.event)))
    if unknown:
        raise ConfigurationInvalid(f"{rule.event.__name__} has no {', '.join(unknown)}", fields=unknown)


def _require_change(entity: Entity[Any, Any, Any], rule: Rule) -> None:
    name = rule.event.__name__
    if any(not hasattr(rule.event, each) for each in ("topic", "ordered_by")):
        raise ConfigurationInvalid(f"{name} has no topic, or nothing that it is ordered by", entity=entity.name)
    if not (rule.created or rule.changed or rule.deleted):
        advice = "Say created, deleted, or which columns have changed."
        raise ConfigurationInvalid(f"no change of {entity.name} is {name}", entity=entity.name, advice=advice)
    if (rule.was or rule.named) and not rule.changed:
        advice = "Say which columns have changed, or leave was and named out."
        raise ConfigurationInvalid(f"{name} asks what was changed, of no column", entity=entity.name, advice=advice)


def _names(model: type[BaseModel]) -> set[str]:
    """Return the names of a model's fields, and of those of the models in it."""
    kinds = (info.annotation for info in model.model_fields.values())
    inner = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
    return set(model.model_fields).union(*map(_names, inner))


def _require_topics(outbox: Entity[Any, Any, Any], declared: Iterable[EntityEvents]) -> None:
    """Raise `ConfigurationInvalid` for an event whose topic the outbox does not take."""
    topics = outbox.new.model_fields["topic"].annotation
    if not (isinstance(topics, type) and issubclass(topics, StrEnum)):
        return
    known = {topic.value for topic in topics}
    for event in (emission.rule.event for each in declared for emission in each):
        if str(event.topic) not in known:
            raise ConfigurationInvalid(
                f"{outbox.name} takes no {event.topic}, the topic of {event.__name__}",
                entity=outbox.name,
                fields=("topic",),
                advice="Add it to the topics of the outbox, with a revision that changes its check.",
            )
