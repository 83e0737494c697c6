# temporary stand-in for the twin's compiled checks
from __future__ import annotations
from typing import Any
from sqlalchemy import BindParameter, Column, Case, Null, True_, False_
from sqlalchemy.sql import operators as op
from sqlalchemy.sql.elements import BinaryExpression, BooleanClauseList, UnaryExpression, Grouping, ClauseList, ExpressionClauseList, Cast, TypeClause
from sqlalchemy.sql.functions import FunctionElement
import re

def compile_check(table, constraint):
    return lambda row: ev(constraint.sqltext, row)

def ev(e: Any, row: Any) -> Any:
    if isinstance(e, Column): return row[e.name]
    if isinstance(e, BindParameter): return e.value
    if isinstance(e, Null): return None
    if isinstance(e, (Grouping,)): return ev(e.element, row)
    if isinstance(e, Case):
        for c, v in e.whens:
            if ev(c, row) is True: return ev(v, row)
        return None if e.else_ is None else ev(e.else_, row)
    if isinstance(e, FunctionElement):
        args=[ev(a,row) for a in e.clauses]
        if args[0] is None: return None
        if e.name=="jsonb_typeof":
            v=args[0]
            return {dict:"object",list:"array",str:"string",bool:"boolean",int:"number",float:"number"}[type(v)]
        if e.name=="lower": return args[0].lower()
        if e.name in("cardinality","length","octet_length","char_length"): return len(args[0])
        raise NotImplementedError(e.name)
    if isinstance(e, UnaryExpression):
        v=ev(e.element,row); 
        if e.operator is op.inv: return None if v is None else not v
        raise NotImplementedError(e)
    if isinstance(e, BinaryExpression):
        if e.operator is op.is_: return ev(e.left,row) is None
        if e.operator is op.is_not: return ev(e.left,row) is not None
        l=ev(e.left,row); r=ev(e.right,row)
        if l is None or r is None: return None
        o=e.operator
        if o is op.in_op: return l in list(r)
        if o is op.like_op: return re.fullmatch(re.escape(r).replace("%",".*").replace("_","."), l, re.S) is not None
        if isinstance(o, op.custom_op):
            if o.opstring=="?": return isinstance(l,dict) and r in l or isinstance(l, list) and r in l
            if o.opstring=="<@": return set(map(str,l))<=set(map(str,r))
        return o(l,r)
    if isinstance(e,(BooleanClauseList,ExpressionClauseList,ClauseList)):
        vs=[ev(c,row) for c in e.clauses]
        if e.operator is op.and_: return False if False in vs else None if None in vs else True
        if e.operator is op.or_: return True if True in vs else None if None in vs else False
        return vs
    raise NotImplementedError(type(e))
