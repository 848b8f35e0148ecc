"""Names: prefixed and full, and the ones that are made."""

import pytest

from kg.errors import UnknownNameError
from kg.vocab import (
    CONN,
    PREFIXES,
    STATUS_RANK,
    STATUSES,
    SYS,
    attestation_iri,
    compact,
    connection_iri,
    expand,
    short_hash,
    slug,
)


@pytest.mark.parametrize("prefix", sorted(PREFIXES))
def test_a_prefixed_name_survives_there_and_back(prefix):
    assert compact(expand(f"{prefix}:some-name")) == f"{prefix}:some-name"


@pytest.mark.parametrize("iri", ["https://example.org/x", f"{SYS}a/b", f"{SYS}a b", f"{SYS}x.", SYS])
def test_an_iri_that_no_prefixed_name_can_write_stays_an_iri(iri):
    assert compact(iri) == iri


@pytest.mark.parametrize("text", ["<https://example.org/x>", " https://example.org/x "])
def test_an_iri_is_its_own_expansion(text):
    assert expand(text) == "https://example.org/x"


@pytest.mark.parametrize("text", ["nope:x", "ndxp", "", "sys: x"])
def test_an_unknown_prefix_is_refused_with_the_known_ones(text):
    with pytest.raises(UnknownNameError) as refusal:
        expand(text)
    assert "sys" in refusal.value.hint


def test_a_connection_is_told_by_ends_relation_and_order_of_intermediaries():
    names = {
        connection_iri("a", "connectsTo", "b"),
        connection_iri("b", "connectsTo", "a"),
        connection_iri("a", "partOf", "b"),
        connection_iri("a", "connectsTo", "b", ["c", "d"]),
        connection_iri("a", "connectsTo", "b", ["d", "c"]),
    }
    assert len(names) == 5
    assert all(name.startswith(CONN) for name in names)


def test_made_names_never_change():
    """They stand in graphs that others keep."""
    assert short_hash("a", "b") == "f04cdced9736"
    assert connection_iri("a", "connectsTo", "b", ["c"]) == f"{CONN}908e6e7fdaa3"
    assert attestation_iri("x", "y", "planned", 3).endswith("/x-" + short_hash("y", "planned", 3))


def test_every_status_has_a_rank_of_its_own():
    assert sorted(STATUS_RANK) == sorted(STATUSES)
    assert len(set(STATUS_RANK.values())) == len(STATUSES)


@pytest.mark.parametrize(("text", "name"), [("Đắk Lắk", "dak-lak"), ("...", "x"), ("a/b", "a-b")])
def test_a_slug_is_plain_ascii(text, name):
    assert slug(text) == name
