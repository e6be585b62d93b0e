"""The PostScript calculator of a PDF's functions (ISO 32000-1, 7.10.5)."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Union

from magbuild.separation.unseparated import CantSeparate

Number = int | float | bool
Step = Union[Number, str, "tuple[Step, ...]"]

_TOKEN = re.compile(rb"%[^\r\n]*|[{}]|[^\s{}%]+")
_DEEPEST, _MOST_STACKED = 16, 200


@dataclass(frozen=True, slots=True)
class Program:
    """A program: numbers are stacked, words work on the stack, a tuple is a procedure."""

    steps: tuple[Step, ...]

    def run(self, inputs: list[float], outputs: int) -> list[float]:
        """Return the topmost numbers that the program leaves; raise CantSeparate when it goes wrong."""
        stack: list[Number] = list(inputs)
        try:
            _do(self.steps, stack)
        except (IndexError, TypeError, ValueError, ArithmeticError) as error:
            raise CantSeparate("its function can't be computed") from error
        if len(stack) < outputs:
            raise CantSeparate("its function can't be computed")
        return [float(value) for value in stack[-outputs:]]


def program_of(text: bytes) -> Program:
    """Read a program; raise CantSeparate when it isn't one."""
    tokens = [token for token in _TOKEN.findall(text) if not token.startswith(b"%")]
    if not tokens or tokens[0] != b"{":
        raise CantSeparate("its function is broken")
    steps, _ = _procedure(tokens, 1, 0)
    return Program(steps)


def _procedure(tokens: list[bytes], at: int, depth: int) -> tuple[tuple[Step, ...], int]:
    steps: list[Step] = []
    while at < len(tokens) and depth <= _DEEPEST:
        token = tokens[at]
        at += 1
        if token == b"}":
            return tuple(steps), at
        if token == b"{":
            inner, at = _procedure(tokens, at, depth + 1)
            steps.append(inner)
        else:
            steps.append(_word(token.decode("latin-1")))
    raise CantSeparate("its function is broken")


def _word(token: str) -> Step:
    if token in _WORDS or token in ("if", "ifelse"):
        return token
    if token in ("true", "false"):
        return token == "true"
    try:
        return int(token)
    except ValueError:
        pass
    try:
        return float(token)
    except ValueError:
        raise CantSeparate(f"its function has the unknown word '{token[:20]}'") from None


def _do(steps: tuple[Step, ...], stack: list[Number]) -> None:
    waiting: list[tuple[Step, ...]] = []
    for step in steps:
        if isinstance(step, tuple):
            waiting.append(step)
        elif not isinstance(step, str):
            stack.append(step)
        elif step == "if":
            then = waiting.pop()
            if stack.pop():
                _do(then, stack)
        elif step == "ifelse":
            otherwise, then = waiting.pop(), waiting.pop()
            _do(then if stack.pop() else otherwise, stack)
        else:
            _WORDS[step](stack)
        if len(stack) > _MOST_STACKED:
            raise ValueError("the stack is full")


Work = Callable[[list[Number]], None]


def _one(compute: Callable[[Number], Number]) -> Work:
    def work(stack: list[Number]) -> None:
        stack.append(compute(stack.pop()))

    return work


def _two(compute: Callable[[Number, Number], Number]) -> Work:
    def work(stack: list[Number]) -> None:
        second = stack.pop()
        stack.append(compute(stack.pop(), second))

    return work


def _bits(both: Callable[[int, int], int]) -> Work:
    def compute(one: Number, other: Number) -> Number:
        found = both(int(one), int(other))
        return bool(found) if isinstance(one, bool) and isinstance(other, bool) else found

    return _two(compute)


def _divided(one: Number, other: Number) -> int:
    return math.trunc(int(one) / int(other))


def _copy(stack: list[Number]) -> None:
    count = int(stack.pop())
    if count < 0 or count > len(stack):
        raise IndexError
    stack.extend(stack[len(stack) - count :])


def _index(stack: list[Number]) -> None:
    below = int(stack.pop())
    if below < 0:
        raise IndexError
    stack.append(stack[-1 - below])


def _roll(stack: list[Number]) -> None:
    turn = int(stack.pop())
    count = int(stack.pop())
    if count < 0 or count > len(stack):
        raise IndexError
    if count:
        top = stack[-count:]
        turn %= count
        stack[-count:] = top[-turn:] + top[:-turn] if turn else top


def _exchange(stack: list[Number]) -> None:
    stack[-1], stack[-2] = stack[-2], stack[-1]


def _drop(stack: list[Number]) -> None:
    stack.pop()


def _double(stack: list[Number]) -> None:
    stack.append(stack[-1])


def _shifted(one: Number, by: Number) -> int:
    return int(one) << min(int(by), 64) if by >= 0 else int(one) >> min(-int(by), 64)


def _angle(over: Number, under: Number) -> float:
    return math.degrees(math.atan2(over, under)) % 360


_WORDS: dict[str, Work] = {
    "abs": _one(abs),
    "add": _two(lambda one, other: one + other),
    "and": _bits(lambda one, other: one & other),
    "atan": _two(_angle),
    "bitshift": _two(_shifted),
    "ceiling": _one(math.ceil),
    "copy": _copy,
    "cos": _one(lambda angle: math.cos(math.radians(angle))),
    "cvi": _one(math.trunc),
    "cvr": _one(float),
    "div": _two(lambda one, other: one / other),
    "dup": _double,
    "eq": _two(lambda one, other: one == other),
    "exch": _exchange,
    "exp": _two(lambda base, power: float(base) ** float(power)),
    "floor": _one(math.floor),
    "ge": _two(lambda one, other: one >= other),
    "gt": _two(lambda one, other: one > other),
    "idiv": _two(_divided),
    "index": _index,
    "le": _two(lambda one, other: one <= other),
    "ln": _one(math.log),
    "log": _one(math.log10),
    "lt": _two(lambda one, other: one < other),
    "mod": _two(lambda one, other: int(math.fmod(int(one), int(other)))),
    "mul": _two(lambda one, other: one * other),
    "ne": _two(lambda one, other: one != other),
    "neg": _one(lambda value: -value),
    "not": _one(lambda value: not value if isinstance(value, bool) else ~int(value)),
    "or": _bits(lambda one, other: one | other),
    "pop": _drop,
    "roll": _roll,
    "round": _one(lambda value: math.floor(value + 0.5)),
    "sin": _one(lambda angle: math.sin(math.radians(angle))),
    "sqrt": _one(math.sqrt),
    "sub": _two(lambda one, other: one - other),
    "truncate": _one(math.trunc),
    "xor": _bits(lambda one, other: one ^ other),
}
