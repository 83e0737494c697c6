"""dbkit under FastAPI: the database of an application, its transactions, its pages, and its errors as responses.

shop = AsyncAppDatabase(AsyncShop, service="api")
app = FastAPI(lifespan=shop.lifespan)
add_error_handlers(app)

ShopDatabase = Annotated[AsyncShop, Depends(shop)]
ShopTransaction = Annotated[AsyncShopTransaction, shop.transaction()]
"""

from __future__ import annotations

from importlib.util import find_spec

from dbkit.types.errors import ConfigurationInvalid

if find_spec("fastapi") is None:
    raise ConfigurationInvalid("FastAPI is not installed", advice="Run pip install 'dbkit[fastapi]'.")

from dbkit.fastapi.database import AppDatabase, AsyncAppDatabase
from dbkit.fastapi.paging import PageQuery, PageRequest
from dbkit.fastapi.problems import Problem, add_error_handlers, problem_of, problem_responses, status_of

__all__ = [
    "AppDatabase",
    "AsyncAppDatabase",
    "PageQuery",
    "PageRequest",
    "Problem",
    "add_error_handlers",
    "problem_of",
    "problem_responses",
    "status_of",
]
