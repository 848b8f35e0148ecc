"""Everything kg refuses, and the exit code each refusal ends with.

    KgError                  1  our own failure
    ├── TimeLimitError       1  a query ran past its limit
    ├── TooLargeError        1  an answer beyond its limit
    ├── UsageError           2  the question makes no sense as asked
    │   ├── UnknownNameError     no such system, province, question …
    │   ├── AmbiguousNameError   several of them
    │   ├── QuerySyntaxError     SPARQL that does not parse
    │   ├── OutputError          an output folder that cannot be written or is not ours
    │   └── InputMissingError    a path that is not there, a folder without documents
    ├── OntologyError        1  a broken file under ontology/, with its line
    ├── StoreError           4  a store that cannot be read or reached
    └── UnreadableError      5  a document that cannot be read

An answer of "nothing" is never an error: these say that a question could not be asked.
"""

from __future__ import annotations

from pathlib import Path


class KgError(Exception):
    """A refusal: one line that says what is wrong, a hint that says what to do, an exit code."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class TimeLimitError(KgError):
    """A query that ran past its time limit."""


class TooLargeError(KgError):
    """An answer that is larger than its limit."""


class UsageError(KgError):
    """A question that cannot be asked as it stands."""

    exit_code = 2


class UnknownNameError(UsageError):
    """No thing of that name; `choices` holds the nearest names."""

    def __init__(self, message: str, choices: tuple[str, ...] = (), hint: str = "") -> None:
        super().__init__(message, hint)
        self.choices = choices


class AmbiguousNameError(UsageError):
    """Several things of that name; `choices` holds each as `label <IRI>`."""

    def __init__(self, message: str, choices: tuple[str, ...], hint: str = "") -> None:
        super().__init__(message, hint)
        self.choices = choices


class QuerySyntaxError(UsageError):
    """SPARQL that does not parse."""


class OutputError(UsageError):
    """An output folder that cannot be written, or that holds things that are not kg's."""


class InputMissingError(UsageError):
    """A path that is not there, or a folder without documents."""


class OntologyError(KgError):
    """A broken file under `ontology/`; the message begins with `file:line:`."""

    def __init__(self, path: Path, line: int | None, message: str, hint: str = "") -> None:
        place = f"{path}:{line}" if line else str(path)
        super().__init__(f"{place}: {message}", hint)
        self.path = path
        self.line = line


class StoreError(KgError):
    """A store that cannot be opened, read or reached."""

    exit_code = 4


class UnreadableError(KgError):
    """A document that cannot be read: empty, binary, over the size limit, not UTF-8."""

    exit_code = 5
