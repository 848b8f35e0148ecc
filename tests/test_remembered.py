"""Answers that were just given."""

import pytest

from kg.problems import Reply
from kg.remembered import Remembered

JOB = {"do": "ask", "command": "impact", "given": {"system": "NGSP"}}


def reply(body: bytes = b"{}", status: int = 200) -> Reply:
    return Reply(status, "application/json", body, {"ETag": '"x"'})


def test_the_same_question_about_the_same_build_has_the_same_answer() -> None:
    answers = Remembered()
    answers.keep((1,), JOB, reply())
    assert answers.get((1,), dict(reversed(JOB.items()))) == reply()
    assert answers.get((2,), JOB) is None
    assert answers.get((1,), {**JOB, "accept": "text/csv"}) is None


def test_what_is_handed_out_is_a_value_of_its_own() -> None:
    answers = Remembered()
    answers.keep((1,), JOB, reply())
    first = answers.get((1,), JOB)
    assert first is not None
    first.headers.clear()
    assert answers.get((1,), JOB) == reply()


@pytest.mark.parametrize(
    ("job", "given"),
    [({"do": "sparql", "query": "ASK {}"}, reply()), (JOB, reply(status=503)), (JOB, reply(b"x" * 11))],
)
def test_free_queries_faults_and_what_is_too_large_are_not_kept(job: dict[str, str], given: Reply) -> None:
    answers = Remembered(10)
    answers.keep((1,), job, given)
    assert answers.get((1,), job) is None


def test_the_ones_not_asked_for_longest_give_way() -> None:
    answers = Remembered(10)
    jobs = [{"do": "named", "name": name} for name in "abc"]
    for job in jobs[:2]:
        answers.keep((1,), job, reply(b"12345"))
    answers.get((1,), jobs[0])
    answers.keep((1,), jobs[2], reply(b"12345"))
    assert [answers.get((1,), job) is not None for job in jobs] == [True, False, True]
    answers.keep((1,), jobs[2], reply(b"1234567890"))
    assert [answers.get((1,), job) is not None for job in jobs] == [False, False, True]
