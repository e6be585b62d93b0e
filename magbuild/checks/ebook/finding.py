"""What a rule found in a finished e-book, before it is told to an editor."""

from dataclasses import dataclass

from lxml import etree

from magbuild.problem import Severity

# An element of a parsed file, the name of a file in the archive, or "" for the e-book as a whole.
Where = etree._Element | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is wrong: where, how bad, what, and what to do; `line` where only a number is known."""

    where: Where
    severity: Severity
    message: str
    hint: str
    line: int | None = None

    @property
    def file(self) -> str:
        """The name of the file in the archive."""
        return self.where if isinstance(self.where, str) else str(self.where.getroottree().docinfo.URL or "")


def fault(where: Where, message: str, hint: str, line: int | None = None) -> Finding:
    """Return something with which the e-book can't be called good."""
    return Finding(where=where, severity=Severity.ERROR, message=message, hint=hint, line=line)


def flaw(where: Where, message: str, hint: str, line: int | None = None) -> Finding:
    """Return something that some readers or shops will stumble over."""
    return Finding(where=where, severity=Severity.WARNING, message=message, hint=hint, line=line)
