"""Each construction that a reader must master: read right under any names, and not read where it only looks alike."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.reading import differences, links, read

HERE = Path(__file__).resolve().parent
SUITE = yaml.safe_load((HERE / "phenomena.yaml").read_text(encoding="utf-8"))
OPEN: dict[str, str] = yaml.safe_load((HERE / "phenomena_open.yaml").read_text(encoding="utf-8")) or {}
"""Cases that are not yet read right: what is read instead. A case that is mended must leave the list."""
KINDS = ("positive", "renamed", "negative")


def name_of(case: dict[str, Any]) -> str:
    return f"{case['phenomenon']}-{case['kind']}"


def failures(case: dict[str, Any]) -> list[str]:
    """What is wrong with the reading of `case`."""
    text = unicodedata.normalize(case.get("form", "NFC"), case["text"])
    found = links(read(text, **{key: case[key] for key in ("province", "date") if key in case}))
    wrong = differences(case.get("links", ()), found)
    for link in found:
        dating = link.fact.dating
        if "as_of" in case and (dating.as_of, dating.source) != (case["as_of"], "text"):
            wrong.append(f"+ as_of {dating.as_of} by {dating.source}, not {case['as_of']} by text")
        if "due" in case and dating.due != case["due"]:
            wrong.append(f"+ due {dating.due}, not {case['due']}")
    return wrong


def _marked(case: dict[str, Any]) -> Any:
    name = name_of(case)
    marks = [pytest.mark.xfail(strict=True, reason=f"open: {OPEN[name]}")] if name in OPEN else []
    return pytest.param(case, id=name, marks=marks)


@pytest.mark.parametrize("case", [_marked(case) for case in SUITE["cases"]])
def test_the_links_of_the_case_are_read_and_no_others(case: dict[str, Any]) -> None:
    wrong = failures(case)
    assert not wrong, "\n".join([case["text"], *wrong])


def test_every_phenomenon_has_a_positive_a_renamed_and_a_negative_case() -> None:
    kinds = Counter((case["phenomenon"], case["kind"]) for case in SUITE["cases"])
    assert kinds == Counter((number, kind) for number in SUITE["phenomena"] for kind in KINDS)


def test_a_case_states_either_its_links_or_that_there_are_none() -> None:
    assert [name_of(case) for case in SUITE["cases"] if bool(case.get("links")) == bool(case.get("none"))] == []


def test_the_list_of_open_cases_names_cases_that_exist(record_property: Any) -> None:
    names = {name_of(case) for case in SUITE["cases"]}
    record_property("open cases", len(OPEN))
    print(f"{len(names) - len(OPEN)} of {len(names)} cases are read right, {len(OPEN)} are open")
    assert set(OPEN) <= names
