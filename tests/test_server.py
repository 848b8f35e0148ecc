"""`kg serve` as a whole: limits, processes, builds that change, questions as JSON, pages, log."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from kg.knowledge import KnowledgeGraph
from kg.pipeline import build
from tests.conftest import PROJECT
from tests.serving import ENDLESS, FORM, QUERY, Serving, serving

ASK = "ASK { ?c a vne:Connection }"


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(built, tmp_path_factory.mktemp("log") / "log", "--timeout", "20") as running:
        yield running


def until(true: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether something becomes true before it is too late."""
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits for its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# Limits


def test_a_query_past_its_limit_ends_and_the_next_is_served(built: Path, tmp_path: Path) -> None:
    with serving(built, tmp_path / "log", seconds=1.0, workers=1) as server:
        assert server.get("/health").status == 200
        before = server.workers()
        got = server.ask(ENDLESS)
        assert got.status == 503
        assert got.media == "application/problem+json"
        assert got.json["type"].endswith("/time-limit")
        assert server.ask(ASK).json["boolean"] is True
        assert before
        assert not any(map(alive, before))


def test_more_queries_than_there_are_places_are_told_to_come_again(built: Path, tmp_path: Path) -> None:
    with serving(built, tmp_path / "log", seconds=3.0, workers=1, queue=1) as server:
        with ThreadPoolExecutor(4) as threads:
            answers = list(threads.map(lambda _: server.ask(ENDLESS), range(4)))
        busy = [got for got in answers if got.json["type"].endswith("/busy")]
        assert len(busy) >= 2
        assert {got.status for got in answers} == {503}
        assert all(int(got.headers["Retry-After"]) > 0 for got in busy)
        assert server.ask(ASK).status == 200


@pytest.mark.parametrize(
    "query", ["SELECT * { ?a ?b ?c . ?d ?e ?f }", "CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }"]
)
def test_an_answer_beyond_its_limit_is_refused_and_not_cut(built: Path, tmp_path: Path, query: str) -> None:
    with serving(built, tmp_path / "log", answer=100_000) as server:
        got = server.ask(query)
        assert (got.status, got.media) == (500, "application/problem+json")
        assert got.json["type"].endswith("/result-too-large")
        assert server.ask(ASK).status == 200


def test_a_body_beyond_its_limit_is_refused(server: Serving) -> None:
    small, large = (b"ASK {} #" + b"x" * size for size in (900_000, 1_200_000))
    assert server.send("POST", "/sparql", small, {"Content-Type": QUERY}).status == 200
    assert server.send("POST", "/sparql", large, {"Content-Type": QUERY}).status == 413
    assert server.send("POST", "/sparql", iter([large]), {"Content-Type": QUERY}).status == 413
    waiting = {"Content-Type": QUERY, "Content-Length": "9000000000", "Expect": "100-continue"}
    assert server.send("POST", "/sparql", b"", waiting).status == 413


def test_a_query_that_breaks_its_process_harms_no_other(server: Serving) -> None:
    deep = "(" * 100_000
    assert server.send("POST", "/sparql", f"ASK {{ FILTER {deep}", {"Content-Type": QUERY}).status in {400, 500}
    assert server.ask(ASK).status == 200


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process cannot be told how much it may use")
def test_a_query_that_wants_too_much_memory_harms_no_other(built: Path, tmp_path: Path) -> None:
    with serving(built, tmp_path / "log", memory=200 << 20) as server:
        got = server.ask("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f")
        assert (got.status, got.media) == (500, "application/problem+json")
        assert got.json["type"].endswith("/memory")
        assert server.ask(ASK).status == 200


def test_a_client_that_goes_frees_the_process_it_kept_busy(built: Path, tmp_path: Path) -> None:
    with serving(built, tmp_path / "log", seconds=60.0, workers=1) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        connection.request("GET", f"/sparql?query={quote(ENDLESS)}")
        time.sleep(0.3)
        connection.close()
        assert server.ask(ASK).json["boolean"] is True
    assert " 499 " in (tmp_path / "log").read_text(encoding="utf-8")


# Bad requests and the log

BAD = [
    ("GET", "/sparql?query=secret", None, {}, 400),
    ("GET", "/sparql?query=", None, {}, 400),
    ("GET", "/sparql?x=secret", None, {}, 400),
    ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", None, {}, 400),
    ("GET", "/sparql?query=%FF", None, {}, 400),
    ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=secret", None, {}, 400),
    ("GET", "/sparql?query=LOAD%20%3Chttp%3A%2F%2Fsecret%2F%3E", None, {}, 400),
    ("GET", "/sparql?query=ASK%7BSERVICE%20%3Chttp%3A%2F%2Fsecret%2F%3E%7B%7D%7D", None, {}, 400),
    ("GET", "/sparql?query=ASK%7B%7D", None, {"Accept": "image/png"}, 406),
    ("GET", "/sparql?query=ASK%7B%7D", None, {"Host": "secret.example"}, 400),
    ("POST", "/sparql", "update=CLEAR%20ALL", {"Content-Type": FORM}, 400),
    ("POST", "/sparql", "ASK {}", {"Content-Type": "text/secret"}, 415),
    ("POST", "/sparql", b"x" * 1_100_000, {"Content-Type": QUERY}, 413),
    ("PUT", "/sparql", "ASK {}", {}, 405),
    ("DELETE", "/api/linked?system=secret", None, {}, 405),
    ("GET", "/api/secret-free", None, {}, 404),
    ("GET", "/api/linked?system=secret", None, {}, 404),
    ("GET", "/api/linked?system=NGSP&units=secret", None, {}, 400),
    ("GET", "/api/query/hubs?secret=1", None, {}, 400),
    ("GET", "/%0Aforged%20line", None, {}, 404),
    ("GET", "/..%2f..%2fetc%2fpasswd", None, {}, 404),
    ("GET", "/graph.trig", None, {}, 404),
]


def test_bad_requests_of_every_kind_get_their_status_and_one_line_each(built: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serving(built, log) as server:
        for method, path, body, headers, status in BAD:
            got = server.send(method, path, body, headers)
            assert (path, got.status, got.media) == (path, status, "application/problem+json")
            assert "Traceback" not in got.body.decode()
    lines = log.read_text(encoding="utf-8").splitlines()
    assert lines.pop() == "kg: interrupted"
    assert [int(re.match(r"\S+Z [A-Z]+ \S+ (\d+) \d+ B \d+ ms$", line)[1]) for line in lines] == [bad[4] for bad in BAD]
    assert "secret" not in "".join(lines).replace("/api/secret-free", "")


def test_what_is_no_http_gets_an_answer_and_the_server_goes_on(server: Serving) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as raw:
        raw.sendall(b"\x16\x03\x01 nonsense\r\n\r\n")
        assert raw.recv(100).startswith(b"HTTP/1.1 400")
    assert server.get("/health").status == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "a b"])
def test_only_its_own_names_lead_to_a_server_of_this_machine(server: Serving, host: str) -> None:
    assert server.get("/health", Host=host).status == 400
    assert server.get("/health", Host=f"localhost:{server.port}").status == 200


def test_every_answer_is_closed_to_other_sites(server: Serving) -> None:
    for path in ("/", "/health", "/sparql?query=ASK%7B%7D", "/nothing", "/api/linked?system=NGSP"):
        headers = server.get(path, Origin="https://evil.example").headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert not [name for name in headers if name.lower().startswith("access-control")]
        assert headers["Server"] is None


# Builds


def test_an_answer_has_a_tag_and_is_not_sent_twice(server: Serving) -> None:
    for path in (
        f"/sparql?query={quote(ASK)}",
        "/sparql",
        "/api/linked?system=NGSP",
        "/api/query",
        "/api/query/hubs",
        "/",
    ):
        first = server.get(path)
        assert first.status == 200
        again = server.get(path, If_None_Match=f'"x", W/{first.headers["ETag"]}')
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
        assert server.get(path, If_None_Match='"x"').status == 200


def test_a_tag_is_of_one_query_in_one_format(server: Serving) -> None:
    path = f"/sparql?query={quote(ASK)}"
    tags = {server.get(path, Accept=accept).headers["ETag"] for accept in ("application/json", "text/csv")}
    tags.add(server.ask("ASK {}").headers["ETag"])
    assert len(tags) == 3
    assert server.get(path, Accept="text/csv", If_None_Match=tags.pop()).status in {200, 304}


def test_what_the_clock_or_chance_answers_has_no_tag(server: Serving) -> None:
    assert "ETag" not in server.ask("SELECT (NOW() AS ?now) {}").headers
    assert "ETag" not in server.ask("SELECT (rand() AS ?x) {}").headers


def test_a_build_that_takes_the_place_of_another_is_taken_up(tmp_path: Path) -> None:
    out, seeds = tmp_path / "out", PROJECT / "seeds"
    build([seeds / "ha-nam-2021.md"], out)
    path = f"/sparql?query={quote('SELECT (COUNT(?d) AS ?n) { ?a a vne:Attestation ; oa:hasTarget/oa:hasSource ?d }')}"
    with serving(out, tmp_path / "log") as server:
        first, health, workers = server.get(path), server.get("/health").json, server.workers()
        build([seeds], out)
        second = server.get(path, If_None_Match=first.headers["ETag"])
        assert second.status == 200
        assert second.json != first.json
        assert server.get("/health").json["build"] != health["build"]
        assert not any(map(alive, workers))
        shutil.rmtree(out)
        assert server.get(path).status == 503
        assert server.get("/health").status == 503
        build([seeds / "ha-nam-2021.md"], out)
        assert server.get(path).json == first.json


# Questions as JSON


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("linked?system=NGSP", lambda graph: graph.linked("NGSP")),
        (
            "linked?system=ngsp&status=operational,planned&as_of=2022&lang=en",
            lambda graph: graph.linked("ngsp", status="operational,planned", as_of="2022", lang="en"),
        ),
        ("linked?system=NGSP&status=all&units=2025", lambda graph: graph.linked("NGSP", status="all", units="2025")),
        ("list?what=systems&province=Ninh+Binh", lambda graph: graph.list("systems", province="Ninh Binh")),
        ("list?what=connections&status=planned", lambda graph: graph.list("connections", status="planned")),
        ("why?id=NGSP", lambda graph: graph.why("NGSP")),
        ("impact?system=NGSP", lambda graph: graph.impact("NGSP")),
        ("needs?system=sys:ninh-binh-cong-dvc", lambda graph: graph.needs("sys:ninh-binh-cong-dvc")),
        (
            "path?a=sys:ninh-binh-cong-dvc&b=sys:cong-dvcqg&count=2&lang=en",
            lambda graph: graph.path("sys:ninh-binh-cong-dvc", "sys:cong-dvcqg", count=2, lang="en"),
        ),
        ("weak?status=all", lambda graph: graph.weak(status="all")),
        ("gaps?units=2025", lambda graph: graph.gaps(units="2025")),
    ],
)
def test_an_address_answers_as_the_command(server: Serving, built: Path, path: str, answer) -> None:
    got = server.get(f"/api/{path}")
    assert (got.status, got.media) == (200, "application/json")
    assert got.json == json.loads(json.dumps(answer(KnowledgeGraph.open(built)).as_json(), default=str))
    assert got.json["rows"]


@pytest.mark.parametrize(
    ("path", "status", "choice"),
    [
        ("linked?system=LGSP", 409, "sys:ninh-binh-lgsp"),
        ("linked?system=NGPS", 404, "NDXP"),
        ("linked?system=sys:nothing", 404, ""),
        ("linked", 400, ""),
        ("linked?system=", 400, ""),
        ("linked?system=NGSP&system=LGSP", 400, ""),
        ("linked?system=NGSP&status=nonsense", 400, ""),
        ("linked?system=NGSP&as_of=nonsense", 400, ""),
        ("linked?system=NGSP&units=2030", 400, "2025"),
        ("linked?system=NGSP&lang=xx", 400, "vi"),
        ("linked?system=NGSP&limit=5", 400, "status"),
        ("list", 400, "systems"),
        ("list?what=things", 400, "systems"),
        ("list?what=systems&province=Atlantis", 404, ""),
        ("why?id=conn:nothing", 404, ""),
        ("why?id=%3Cx%3E%20%7D", 404, ""),
        ("path?a=NGSP", 400, ""),
        ("path?a=NGSP&b=NGSP&count=x", 400, ""),
        ("diff?a=%2Fetc&b=%2Fetc", 404, "linked"),
        ("open?location=%2Fetc", 404, "linked"),
        ("show?output=x.html", 404, "linked"),
        ("query/nothing", 404, "hubs"),
        ("query/..%2F..%2Fsetup.cfg", 404, ""),
        ("query/aliases?system=LGSP", 409, "sys:ninh-binh-lgsp"),
        ("query/aliases?system=nonsense", 404, ""),
        ("query/aliases?nonsense=1", 400, "system"),
    ],
)
def test_an_address_that_makes_no_sense_is_refused_as_the_command_is(server, path, status, choice) -> None:
    got = server.get(f"/api/{path}")
    assert (got.status, got.media) == (status, "application/problem+json")
    assert choice in " ".join(got.json.get("choices", ()))


def test_every_named_question_is_answered(server: Serving) -> None:
    listed = server.get("/api/query").json["questions"]
    assert {question["name"] for question in listed} == {path.stem for path in PROJECT.glob("ontology/questions/*.rq")}
    for question in listed:
        given = {p["name"]: "sys:ndxp" for p in question["parameters"] if p["default"] is None}
        got = server.get(f"{question['href']}?{urlencode(given)}", Accept="application/json, text/turtle;q=0.5")
        assert got.status == 200, question["name"]
    aliases = server.get("/api/query/aliases?system=NGSP", Accept="text/csv").body.decode()
    assert "NGSP" in aliases


def test_the_description_of_the_addresses_is_true(server: Serving) -> None:
    described = server.get("/api/openapi.json").json
    assert described["openapi"].startswith("3.1")
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            given = {p["name"]: "x" for p in operation["parameters"] if p.get("required") and p["in"] == "query"}
            got = server.send(method.upper(), f"{path}?{urlencode(given)}" if given else path)
            assert got.status in {200, *map(int, operation["responses"]), 415}, path
            assert got.status != 405


# Pages


def test_the_pages_of_the_build_are_shown(server: Serving, built: Path) -> None:
    root = server.get("/")
    assert (root.status, root.media) == (200, "text/html")
    assert root.body == (built / "index.html").read_bytes()
    for page in built.glob("*.html"):
        assert server.get(f"/{page.name}").body == page.read_bytes()


def test_nothing_but_pages_is_shown(server: Serving, built: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.html").write_text("secret", encoding="utf-8")
    link = built / "link.html"
    link.symlink_to(tmp_path / "outside.html")
    try:
        for path in (
            "/link.html",
            "/report.json",
            "/graph.trig",
            "/store/CURRENT",
            "/texts/x.html",
            "/../outside.html",
            "/%2e%2e/outside.html",
            f"/{quote(str(tmp_path / 'outside.html'), safe='')}",
            "/index.html%00",
            "/.html",
            "/..html",
            "/index.HTML/",
        ):
            assert server.get(path).status == 404, path
    finally:
        link.unlink()


# Beginning and end


def test_ctrl_c_ends_everything_with_130(built: Path, tmp_path: Path) -> None:
    with serving(built, tmp_path / "log") as server:
        with ThreadPoolExecutor(2) as threads:
            asked = [threads.submit(server.ask, ENDLESS) for _ in range(2)]
            assert until(lambda: len(server.workers()) == 2)
            time.sleep(0.5)
            workers = server.workers()
            assert server.stop() == 130
            assert [got.result().status for got in asked] == [503, 503]
        assert not any(map(alive, workers))
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_is_left_however_the_server_ends(built: Path, tmp_path: Path, number: signal.Signals) -> None:
    with serving(built, tmp_path / "log") as server:
        assert server.ask(ASK).status == 200
        workers = server.workers()
        assert workers
        os.kill(server.process.pid, number)
        assert server.process.wait(20) == -number
        assert until(lambda: not any(map(alive, workers)))


def test_a_query_does_not_outlive_a_server_that_was_killed(built: Path, tmp_path: Path) -> None:
    with serving(built, tmp_path / "log", seconds=1.0, workers=1) as server, ThreadPoolExecutor(1) as threads:
        assert server.get("/health").status == 200
        asked = threads.submit(server.ask, ENDLESS)
        time.sleep(0.3)
        workers = server.workers()
        assert workers
        server.process.kill()
        with pytest.raises((OSError, http.client.HTTPException)):
            asked.result()
        assert until(lambda: not any(map(alive, workers)))


def _refused(*options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", "serve", *map(str, options)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
        cwd=PROJECT,
    )


def test_it_does_not_begin_without_a_graph_or_an_address(built: Path, tmp_path: Path, server: Serving) -> None:
    missing = _refused("--store", tmp_path / "nothing", "--port", "0")
    assert (missing.returncode, missing.stdout) == (4, "")
    taken = _refused("--store", built, "--port", server.port)
    assert taken.returncode == 2
    assert taken.stderr.splitlines()[0].startswith(f"kg: cannot listen on 127.0.0.1:{server.port}")
    assert _refused("--store", built, "--timeout", "0").returncode == 2
    assert _refused("--store", built, "--port", "70000").returncode == 2
    assert _refused("--store", built, "--host", "no such host").returncode == 2


def test_by_default_it_listens_on_this_machine_alone(server: Serving) -> None:
    assert server.first.startswith("http://127.0.0.1:")
    listening = Path("/proc/net/tcp").read_text(encoding="utf-8")
    assert f" 0100007F:{server.port:04X} " in listening
    assert f" 00000000:{server.port:04X} " not in listening
