"""Front matter is read for what it says, and only where it is front matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UnreadableError
from kg.frontmatter import front_matter


@pytest.mark.parametrize(
    "text", ["Một.\n---\nHai.\n", "---\nMột.\n---\nHai.\n", "---\nMột.\n", "----\nMột", "---\n- a\n---\n"]
)
def test_rules_around_prose_are_no_front_matter(text: str) -> None:
    assert front_matter("a.md", text) == (0, ())


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("---\ntitle: a\ndate: [1\n---\nx", "a.md:"),
        ("---\ntitle: a\nx: 'b\n", "a.md:1"),
        ("---\na: {b: c}\n---\nx", "'a' is nested"),
        ("---\na: &x [b]\nc: [*x, *x]\n---\nx", "'c' is nested"),
        ("---\na: " + "[" * 20000 + "\n---\nx", "a.md:"),
        ("---\na: b\n" + "c: d\n" * 20000 + "---\nx", "without an end"),
    ],
)
def test_broken_front_matter_is_refused_with_its_line(text: str, place: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        front_matter("a.md", text)
    assert place in caught.value.message


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,12}", fullmatch=True), st.from_regex(r"[\w ]{0,20}\w", fullmatch=True)))
def test_what_follows_front_matter_is_untouched(meta: dict[str, str]) -> None:
    head = "---\n" + "".join(f'{key}: "{value}"\n' for key, value in meta.items()) + "---\n"
    body, pairs = front_matter("a.md", head + "Một.")
    assert (body, pairs) == ((0, ()) if not meta else (len(head), tuple((key, value) for key, value in meta.items())))
