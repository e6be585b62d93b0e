"""A read issue comes in; words of the magazine's own that the builder can't say come out as problems.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

from collections.abc import Iterator
from string import Formatter

from magbuild.language import WORDS
from magbuild.model import Issue
from magbuild.problem import Problem
from magbuild.source import nearest


def unknown_word(issue: Issue) -> Iterator[Problem]:
    """A word under `words` in magazine.yaml is none that the builder says.

    The builder says few words of its own, such as `contents`, `notes` or `advertisement`; only those can be
    said otherwise. Take the name that the hint proposes, or take the word out.
    """
    for word in issue.magazine.words:
        if word not in WORDS["en"]:
            close = nearest(word, WORDS["en"])
            hint = f"did you mean '{close}'?" if close else f"known are {', '.join(sorted(WORDS['en']))}"
            yield Problem(
                issue.magazine_place("words", word), "unknown-word", f"the builder has no word '{word}'", hint
            )


def bad_word(issue: Issue) -> Iterator[Problem]:
    """A word under `words` in magazine.yaml has braces that can't be filled in.

    Some words have a gap in braces, such as `{names}` in "By {names}" or `{number}` in "page {number}". Write
    the gap as it stands in the hint, and no other braces.
    """
    for word, text in issue.magazine.words.items():
        gaps = _gaps(WORDS["en"].get(word, text)) or set()
        own = _gaps(text)
        if own is None or own - gaps:
            hint = f"write {' and '.join(f'{{{gap}}}' for gap in sorted(gaps))}" if gaps else "leave out the braces"
            message = f"'{text}' has braces that can't be filled in"
            yield Problem(issue.magazine_place("words", word), "bad-word", message, hint)


def _gaps(text: str) -> set[str] | None:
    """Return the names in braces, or None when the braces don't match."""
    try:
        return {gap for _, gap, _, _ in Formatter().parse(text) if gap is not None}
    except ValueError:
        return None
