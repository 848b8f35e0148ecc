"""Names that users write → IRIs."""

from __future__ import annotations

import pytest

from kg.errors import AmbiguousNameError, UnknownNameError
from kg.names import Named, matches, nearest, resolve, resolve_alike
from kg.vocab import PLACE, SYS

NDXP = Named(f"{SYS}ndxp", ("Nền tảng quốc gia (NDXP)", "National platform"), ("NGSP", "Trục quốc gia"))
PORTAL = Named(f"{SYS}cong-dvcqg", ("Cổng Dịch vụ công quốc gia",), ("Cổng DVCQG",))
LGSP_A = Named(f"{SYS}ha-nam-lgsp", ("LGSP tỉnh Hà Nam",), ("LGSP",))
LGSP_B = Named(f"{SYS}ninh-binh-lgsp", ("LGSP tỉnh Ninh Bình",), ("LGSP",))
SYSTEMS = (NDXP, PORTAL, LGSP_A, LGSP_B)


@pytest.mark.parametrize(
    "text",
    [
        f"{SYS}ndxp",
        f"<{SYS}ndxp>",
        "sys:ndxp",
        "ndxp",
        "Nền tảng quốc gia (NDXP)",
        "nền tảng quốc gia",
        "nen tang quoc gia (ndxp)",
        "National platform",
        "NGSP",
        "ngsp",
        " trục  quốc gia ",
        "truc quoc gia",
    ],
)
def test_a_system_is_found_by_iri_label_alias_and_acronym(text: str) -> None:
    assert resolve(text, SYSTEMS, "system") == NDXP.id


def test_tone_placement_and_decomposed_letters_do_not_matter() -> None:
    place = Named(f"{PLACE}khanh-hoa", ("Khánh Hòa",), ("tỉnh Khánh Hòa",))
    for text in ("Khánh Hoà", "Kha\u0301nh Ho\u0300a", "khanh-hoa", "tinh khanh hoa", "KHÁNH HÒA"):
        assert resolve(text, [place], "province") == place.id


def test_several_things_of_one_name_are_an_error_with_the_choices() -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        resolve("LGSP", SYSTEMS, "system")
    assert caught.value.choices == ("LGSP tỉnh Hà Nam <sys:ha-nam-lgsp>", "LGSP tỉnh Ninh Bình <sys:ninh-binh-lgsp>")
    assert caught.value.exit_code == 2


def test_an_unknown_name_is_an_error_with_the_nearest_names() -> None:
    with pytest.raises(UnknownNameError) as caught:
        resolve("Cổng dịch vụ công quốc ga", SYSTEMS, "system")
    assert caught.value.choices[0] == "Cổng Dịch vụ công quốc gia"
    assert caught.value.choices[0] in caught.value.hint


def test_a_name_as_written_goes_before_one_without_its_marks() -> None:
    things = (Named("https://x.example/1", ("Hoa Bình",)), Named("https://x.example/2", ("Hòa Bình",)))
    assert resolve("Hòa Bình", things, "province") == "https://x.example/2"
    assert len(matches("hoa binh", things)) == 2


def test_units_that_share_their_label_are_taken_together() -> None:
    """A province and the unit that took its name after a merger."""
    things = (
        Named("https://x.example/1", ("Ninh Bình",)),
        Named("https://x.example/1-2025", ("Ninh Bình",)),
        Named("https://x.example/2", ("Ninh Thuận",), ("Ninh Binh",)),
    )
    assert resolve_alike("Ninh Bình", things, "province") == ("https://x.example/1", "https://x.example/1-2025")
    with pytest.raises(AmbiguousNameError):
        resolve_alike(
            "ninh b",
            (Named("https://x.example/3", ("A",), ("Ninh B",)), Named("https://x.example/4", ("B",), ("ninh b",))),
            "province",
        )


@pytest.mark.parametrize("text", ["", "   ", "()", "sys:nothing", "nope:ndxp x", "<", "a" * 10_000])
def test_odd_names_are_unknown_and_nothing_worse(text: str) -> None:
    with pytest.raises(UnknownNameError):
        resolve(text, SYSTEMS, "system")


def test_nearest_names_hold_the_word_first() -> None:
    assert nearest("lgsp", SYSTEMS)[:2] == ("LGSP tỉnh Hà Nam", "LGSP tỉnh Ninh Bình")
    assert nearest("x", ()) == ()


def test_among_many_names_the_nearest_are_found_as_among_few() -> None:
    few = [Named("x1", ("Cổng dịch vụ công Ninh Bình",)), Named("x2", ("Cổng dịch vụ công Hòa Bình",))]
    many = [Named(f"y{number}", (f"Kho số liệu thứ {number}",)) for number in range(3000)]
    assert nearest("cong dich vu cong ninh bin", [*many, *few]) == nearest("cong dich vu cong ninh bin", few)
