"""Finding words and code that would sort people by how likely harm is: what the ban test looks with.

National position: no tool, scale or global level is used to predict suicide or self-harm, or to decide who is
offered what (NICE NG225, 2022, 1.6; NHS England, Staying safe from suicide, 2025).
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.architecture.tree import Module

_LEVEL = (
    r"(?:(?:very|extremely)[\s_-]+)?"
    r"(?:low|medium|moderate|high|elevated|severe|extreme|red|amber|yellow|green)(?:er|est)?"
)
_HARM = r"(?:suicid\w*|self[\s_-]*harm\w*|overdose|clinical|overall|immediate)"
_GAP = r"[\s_-]+"
_NOUNS = (
    r"(?:levels?|scor(?:e|es|ing)|ratings?|categor(?:y|ies)|stratif\w*|bands?|tiers?|grad(?:e|es|ing)|groups?|"
    r"class(?:es)?|classification|matrix|flags?|status|tools?|scales?|colou?rs?|profiles?|assessments?|index)"
)

BANS = {
    "a level of risk": re.compile(rf"\b{_LEVEL}{_GAP}(?:{_HARM}{_GAP})*risks?\b"),
    "a level of risk, the other way round": re.compile(
        rf"\brisks?(?:\s+(?:of|to)\s+(?:{_HARM}|self|others))?\s*(?:{_NOUNS})?"
        rf"\s*(?:is|was|as|:|=|->|assessed as|rated)\s*{_LEVEL}\b"
    ),
    "a thing that measures risk": re.compile(rf"\brisk[\s_-]*{_NOUNS}\b"),
    "the idea of a level": re.compile(rf"\b{_NOUNS}{_GAP}of{_GAP}(?:{_HARM}{_GAP})?risk\b"),
    "a contract": re.compile(
        r"\bno[\s_-]*(?:suicide|self[\s_-]*harm|harm)[\s_-]*(?:contract|agreement|promise|pact)\b"
        r"|\bcontract\w*\s+for\s+safety\b|\bsafety[\s_-]+contract\b"
    ),
    "empty taken for safe": re.compile(
        rf"\b(?:no|nil|zero)\s+(?:(?:known|current|identified|apparent|significant|obvious|{_HARM})\s+)*risks?\b"
        rf"|\brisks?(?:\s+of\s+{_HARM})?\s*(?:identified)?\s*[:=-]\s*(?:none|nil|no)\b"
    ),
}

_JOINS = re.compile(r"""\b[fru]{1,2}(?=["'])|["'`*#>|\\]+""")
"""What stands between two words of one sentence in a source: quotes, marks of comments and of emphasis."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def plain(text: str) -> str:
    """Return a source as running text: line ends, quotes and capitals within a name make no difference."""
    text = text.replace("\N{SOFT HYPHEN}", "").replace("\N{NON-BREAKING HYPHEN}", "-")
    text = _CAMEL.sub(" ", text)
    return re.sub(r"\s+", " ", _JOINS.sub(" ", text)).lower()


def banned_words(text: str) -> Iterator[tuple[str, str]]:
    """Yield each banned phrase in a text, with the name of its ban."""
    running = plain(text)
    for name, pattern in BANS.items():
        for match in pattern.finditer(running):
            yield name, " ".join(match.group().split())


def risk_names(tree: ast.Module) -> Iterator[str]:
    """Yield every name a program gives to something of its own that has the word risk in it."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names = [name]
            case (
                ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.keyword(arg=str(name))
            ):
                names = [name]
            case ast.Constant(value=str(text)) if text.isidentifier():
                names = [text]  # a column, a key of JSON, a field set by its name
            case _:
                names = []
        yield from (name for name in names if re.search(r"(?:^|[\s_])risk", plain(name)))


ANSWERS = {"safety_answer"}
"""The attribute a safety item's answer is kept in."""

SORTED_BY = {*ANSWERS, "safety", "asked", "answer"}
"""What no list of people may be ordered by."""

_ORDERING = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_COUNTING = {"sum", "max", "min", "mean", "fsum"}
_SORTING = {"sorted", "sort", "order_by", "min", "max", "groupby", "attrgetter"}


def reckoned_answers(module: Module) -> Iterator[str]:
    """Yield where a safety answer is added up, weighed, ranked, or compared with more than nothing."""
    helpers = {node.name: node for node in module.nodes if isinstance(node, ast.FunctionDef)}
    for node in module.nodes:
        reckoned = False
        match node:
            case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div() | ast.FloorDiv() | ast.Mod()):
                reckoned = _direct(node.left) or _direct(node.right)
            case ast.AugAssign():
                reckoned = _direct(node.value) or _direct(node.target)
            case ast.Compare():
                sides = [node.left, *node.comparators]
                above_nothing = all(_direct(side) or _is_nothing(side) for side in sides)
                ordering = any(isinstance(op, _ORDERING) for op in node.ops)
                reckoned = ordering and any(map(_direct, sides)) and not above_nothing
            case ast.Call():
                reckoned = _counts_or_sorts(node, helpers)
            case _:
                pass
        if reckoned:
            yield f"{module.place}:{getattr(node, 'lineno', 0)}"


def _counts_or_sorts(call: ast.Call, helpers: dict[str, ast.FunctionDef]) -> bool:
    name = ast.unparse(call.func).split(".")[-1]
    if name in _COUNTING and any(_mentions(arg, ANSWERS) for arg in call.args):
        return True
    if name not in _SORTING:
        return False
    keys: list[ast.AST] = [word.value for word in call.keywords if word.arg == "key"]
    if name in {"order_by", "attrgetter"}:
        keys += call.args
    keys += [helpers[key.id] for key in keys if isinstance(key, ast.Name) and key.id in helpers]
    return any(_mentions(key, SORTED_BY) for key in keys)


def _direct(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in ANSWERS


def _is_nothing(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value in {0, None}


def _mentions(node: ast.AST, names: set[str]) -> bool:
    return any(
        (isinstance(each, ast.Attribute) and each.attr in names)
        or (isinstance(each, ast.Constant) and each.value in names)
        for each in ast.walk(node)
    )
