"""A read issue comes in; words of the magazine's own, and languages, that the builder can't say come out as problems.

Each check is called like the code it reports, and its docstring is that code's manual page.
"""

from collections.abc import Iterator
from string import Formatter

from magbuild.language import LANGUAGES, SEASONS, Language, direction, words_of
from magbuild.load.rules import knows_language
from magbuild.model import Issue
from magbuild.problem import Problem, warning
from magbuild.source import nearest


def unknown_word(issue: Issue) -> Iterator[Problem]:
    """A word under `words` in magazine.yaml is none that the builder says.

    The builder says few words of its own, such as `contents`, `notes` or `advertisement`; only those can be
    said otherwise. Take the name that the hint proposes, or take the word out.
    """
    known = words_of("en")
    for word in issue.magazine.words:
        if word not in known:
            close = nearest(word, known)
            hint = f"did you mean '{close}'?" if close else f"known are {', '.join(sorted(known))}"
            yield Problem(
                issue.magazine_place("words", word), "unknown-word", f"the builder has no word '{word}'", hint
            )


def bad_word(issue: Issue) -> Iterator[Problem]:
    """A word under `words` in magazine.yaml has braces that can't be filled in.

    Some words have a gap in braces, such as `{names}` in "By {names}" or `{number}` in "page {number}". Write
    the gap as it stands in the hint, and no other braces.
    """
    for word, text in issue.magazine.words.items():
        gaps = _gaps(words_of("en").get(word, text)) or set()
        own = _gaps(text)
        if own is None or own - gaps:
            hint = f"write {' and '.join(f'{{{gap}}}' for gap in sorted(gaps))}" if gaps else "leave out the braces"
            message = f"'{text}' has braces that can't be filled in"
            yield Problem(issue.magazine_place("words", word), "bad-word", message, hint)


def foreign_words(issue: Issue) -> Iterator[Problem]:
    """The magazine is in a language that the builder has no words of its own in.

    It sets "Contents", "page 14" or "Advertisement" in English then. Say them in the magazine's language under
    `words` in magazine.yaml; when all are there, nothing is reported. `issues/README.md` lists them.
    """
    code = issue.magazine.language
    left = [word for word in words_of("en") if word not in SEASONS and not issue.magazine.words.get(word)]
    if left and knows_language(code) and not Language(code=code).is_spoken:
        message = f"the builder has no words in '{code}' and says {len(left)} in English, such as '{left[0]}'"
        hint = f"write them under words: in magazine.yaml; known languages are {', '.join(LANGUAGES)}"
        yield warning(issue.magazine_place("language"), "foreign-words", message, hint)


def right_to_left_magazine(issue: Issue) -> Iterator[Problem]:
    """The magazine's own language is written from right to left.

    Stories and phrases may be in Arabic, Hebrew or Persian, and run as they should. But the builder binds, folds and
    numbers pages from left to right alone: spreads, running heads and the page order would come out mirrored.
    """
    code = issue.magazine.language
    if direction(code) == "rtl":
        message = f"a magazine in '{code}' is bound on the right, which the builder can't do"
        hint = "give it a language that runs from the left, and the stories their own language"
        yield Problem(issue.magazine_place("language"), "right-to-left-magazine", message, hint)


def _gaps(text: str) -> set[str] | None:
    """Return the names in braces, or None when the braces don't match."""
    try:
        return {gap for _, gap, _, _ in Formatter().parse(text) if gap is not None}
    except ValueError:
        return None
