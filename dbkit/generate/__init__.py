"""Generate what is generated: interfaces, what calls take, mocks, and sync twins, for dbkit or a package built on it.

    dbkit generate [--check] [--package widget_service]

A package of entities of one's own is laid out as dbkit itself is:

    widget_service/
      types/
        widget.py            NewWidget, Widget, WidgetFilter, their identifiers and enums: by hand
        calls/widget.py      WidgetChanges, WidgetOrder, WidgetUniqueKey: generated
        _async/widget.py     AsyncWidgetRepository, AsyncWidgetTransactionRepository: generated
        _sync/widget.py      WidgetRepository, WidgetTransactionRepository: generated
      models/
        widget.py            WidgetModel, and at its end `WIDGETS = dbkit.Entity(...)`: by hand
        __init__.py          ENTITIES, the tuple of all of them, parents before children: by hand
      operations/
        _async/widget.py     AsyncWidgetOperations, where the entity has operations beyond the verbs: by hand
        _sync/widget.py      WidgetOperations: generated
      mock/
        __init__.py          finds the mocks at their first use: generated
        calls/widget.py      WidgetGetCall, ..., WidgetCalls: records of calls: generated
        _async/widget.py     AsyncMockWidgets, which builds an AsyncMockWidgetRepository: generated
        _sync/widget.py      MockWidgets, which builds a MockWidgetRepository: generated
      database/
        __init__.py          the database classes, which extend the generated repositories: by hand
        _async/repositories.py  AsyncRepositories, AsyncTransactionRepositories: generated
        _sync/repositories.py   Repositories, TransactionRepositories: generated

Files are named after the entity's singular (`Entity.singular`), classes after its value. `types/`, `models/` and
`operations/` may have further modules. Generating reads `models/`, and of `types/` the modules that these import;
nothing that is generated is imported, so it works where files are missing or out of date. For that, `models/` imports
from `widget_service.types.widget`, not from `widget_service.types`. What does not say that it is generated is never
written over.

The database classes then say:

    class ShopTransaction(TransactionRepositories, dbkit.BaseTransaction): ...
    class Shop(Repositories, dbkit.BaseDatabase[ShopTransaction]): ...

A module `database.py` that names its repositories itself (`widgets: WidgetRepository = dbkit.repository(WIDGETS)`)
is as good, and left alone.
"""
