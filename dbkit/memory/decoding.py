"""From a row to the value: no validation, because a stored row fits, and nothing shared that can be changed."""

from __future__ import annotations

import types
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, NewType, TypeAliasType, Union, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel, TypeAdapter, ValidationError

from dbkit.memory.datatypes import ArrayType, BooleanType, ByteaType, DataType, IntegerType, JsonbType
from dbkit.memory.datatypes import NumericType, TextType, TimestampType, UuidType
from dbkit.memory.documents import copy_document
from dbkit.memory.logic import Row
from dbkit.types.errors import SchemaMismatch
from dbkit.memory.table import Table
