"""Front matter: the YAML between two lines of `---` at the top of a text, which says where the text comes from."""

from __future__ import annotations

import re

from kg.errors import UnreadableError

LIMIT = 64 * 1024
"""Characters in which front matter must end."""

_FENCE = re.compile(r"\ufeff?---[ \t]*\r?\n")
_FENCE_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\r?\Z)", re.MULTILINE)
_NOTHING = ("", "~", "null")
_KEY_LINE = re.compile(r"[\w-]+[ \t]*:(?:\s|$)")


def front_matter(file: str, text: str) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Where the prose of `text` begins, and what its front matter says, in its order, values as strings.

    A text that merely begins with a rule, or with prose between two rules, has none.

    Raises:
        UnreadableError: it is no YAML, has no end, or nests values; the message begins with `file:line:`.

    >>> front_matter("a.md", "---\\ndate: 2022-03-01\\n---\\nText")
    (25, (('date', '2022-03-01'),))
    """
    start = _FENCE.match(text)
    if not start:
        return 0, ()
    end = _FENCE_END.search(text, start.end(), start.end() + LIMIT)
    if not end:
        if _KEY_LINE.match(text, start.end()):
            raise _broken(file, 1, "front matter without an end", "close it with a line ---")
        return 0, ()
    meta = _yaml(file, text[start.end() : end.start()])
    return (0, ()) if meta is None else (end.end(), meta)


def _yaml(file: str, block: str) -> tuple[tuple[str, str], ...] | None:
    """Pairs of the mapping in `block`, None where it is prose between two rules."""
    import yaml

    try:
        # BaseLoader makes nothing but strings, lists and dicts: dates and leading zeros stay as written.
        content = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 - safer than the safe loader
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not YAML"
        raise _broken(
            file, mark.line + 2 if mark else 2, f"front matter: {problem}", "write it as `key: value`"
        ) from error
    if not content or isinstance(content, str | list):
        return None
    pairs = ((str(key), _plain(file, str(key), value)) for key, value in content.items())
    return tuple((key, value) for key, value in pairs if value not in _NOTHING)


def _plain(file: str, key: str, value: object) -> str:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    if isinstance(value, str):
        return value
    raise _broken(file, 2, f"front matter: '{key}' is nested", "give a text or a list of texts")


def _broken(file: str, line: int, message: str, hint: str) -> UnreadableError:
    return UnreadableError(f"{file}:{line}: {message}", hint)
