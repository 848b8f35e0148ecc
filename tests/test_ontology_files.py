"""The Turtle files under ontology/ keep their promises: terms, places, lexicon."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.vocab import BASE, PREFIXES, RELATIONS, STATUS_RANK, STATUSES

ONTOLOGY = Path(__file__).parent.parent / "ontology"
TURTLE = sorted(ONTOLOGY.rglob("*.ttl"))
QUERIES = sorted(ONTOLOGY.rglob("*.rq"))
DATA = ("core", "schemes", "places", "lexicon", "wordings", "cues")
VNE, ORG, SKOS, RDFS, OWL = (PREFIXES[name] for name in ("vne", "org", "skos", "rdfs", "owl"))
SYS, PLACE, AGENCY, ST, LV, XSD = (PREFIXES[name] for name in ("sys", "place", "agency", "st", "lv", "xsd"))
TYPE = PREFIXES["rdf"] + "type"
STANDARD = (*(PREFIXES[name] for name in ("rdf", "rdfs", "owl", "xsd")), "http://www.w3.org/ns/shacl#")

# Resolution 202/2025/QH15: each new unit and the parts that it is made of.
MERGERS = {
    "tuyen-quang": "ha-giang tuyen-quang", "lao-cai": "lao-cai yen-bai", "thai-nguyen": "bac-kan thai-nguyen",
    "phu-tho": "hoa-binh phu-tho vinh-phuc", "bac-ninh": "bac-giang bac-ninh", "hung-yen": "hung-yen thai-binh",
    "hai-phong": "hai-duong hai-phong", "ninh-binh": "ha-nam nam-dinh ninh-binh", "quang-tri": "quang-binh quang-tri",
    "da-nang": "da-nang quang-nam", "quang-ngai": "kon-tum quang-ngai", "gia-lai": "binh-dinh gia-lai",
    "khanh-hoa": "khanh-hoa ninh-thuan", "lam-dong": "binh-thuan dak-nong lam-dong", "dak-lak": "dak-lak phu-yen",
    "ho-chi-minh": "ba-ria-vung-tau binh-duong ho-chi-minh", "dong-nai": "binh-phuoc dong-nai",
    "tay-ninh": "long-an tay-ninh", "can-tho": "can-tho hau-giang soc-trang", "vinh-long": "ben-tre tra-vinh vinh-long",
    "dong-thap": "dong-thap tien-giang", "ca-mau": "bac-lieu ca-mau", "an-giang": "an-giang kien-giang",
}  # fmt: skip
UNCHANGED = {
    "ha-noi", "hue", "lai-chau", "dien-bien", "son-la", "lang-son", "quang-ninh", "thanh-hoa", "nghe-an", "ha-tinh",
    "cao-bang",
}  # fmt: skip


def triples(*names: str) -> list[ox.Quad]:
    return [triple for name in names for triple in ox.parse(path=str(ONTOLOGY / f"{name}.ttl"))]


def values(name: str, predicate: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for triple in triples(name):
        if triple.predicate.value == predicate:
            found[triple.subject.value].append(triple.object.value)
    return found


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).replace("Ð", "Đ").casefold().split())


def iris(path: Path) -> set[str]:
    """All IRIs in the position of a property or class in a Turtle file."""
    found = set()
    for triple in ox.parse(path=str(path)):
        found.add(triple.predicate.value)
        if triple.predicate.value == TYPE:
            found.add(triple.object.value)
    return found


def all_terms(path: Path) -> set[str]:
    found = set()
    for triple in ox.parse(path=str(path)):
        found |= {part.value for part in triple if isinstance(part, ox.NamedNode)}
    return found


# ---------------------------------------------------------------- files and terms


@pytest.mark.parametrize("path", TURTLE, ids=lambda path: str(path.relative_to(ONTOLOGY)))
def test_both_libraries_read_the_same_number_of_triples(path: Path) -> None:
    assert len(set(ox.parse(path=str(path)))) == len(rdflib.Graph().parse(path, format="turtle")) > 0


@pytest.mark.parametrize("name", DATA)
def test_data_files_hold_no_blank_node(name: str) -> None:
    assert not [t for t in triples(name) if isinstance(t.subject, ox.BlankNode) or isinstance(t.object, ox.BlankNode)]


def core_terms() -> dict[str, dict[tuple[str, str], list[str]]]:
    terms: dict[str, dict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for t in triples("core"):
        if t.subject.value.startswith(VNE):
            terms[t.subject.value][t.predicate.value, getattr(t.object, "language", None) or ""].append(t.object.value)
    return terms


def test_each_term_has_one_label_and_one_definition_in_each_language() -> None:
    wrong = [
        (term, predicate, lang)
        for term, said in core_terms().items()
        for predicate in (RDFS + "label", SKOS + "definition")
        for lang in ("vi", "en")
        if len(said[predicate, lang]) != 1 or said[predicate, lang][0].strip() != said[predicate, lang][0]
    ]
    assert not wrong
    assert all(said[RDFS + "isDefinedBy", ""] == [VNE.rstrip("#")] for said in core_terms().values())


def test_classes_begin_with_a_capital_and_properties_do_not() -> None:
    for term, said in core_terms().items():
        is_class = OWL + "Class" in said[TYPE, ""]
        assert term.removeprefix(VNE)[0].isupper() == is_class, term


def test_no_two_classes_and_no_two_properties_share_a_label() -> None:
    for is_class in (True, False):
        terms = [said for said in core_terms().values() if (OWL + "Class" in said[TYPE, ""]) == is_class]
        for lang in ("vi", "en"):
            counts = Counter(said[RDFS + "label", lang][0] for said in terms)
            assert not [label for label, count in counts.items() if count > 1]


def test_every_term_that_a_file_uses_is_defined_in_core() -> None:
    defined = set(core_terms())
    used = {iri for path in TURTLE if "bad" not in path.parts for iri in all_terms(path) if iri.startswith(VNE)}
    for path in QUERIES:
        used |= {VNE + name for name in re.findall(r"\bvne:(\w+)", path.read_text(encoding="utf-8"))}
    assert used - {VNE} <= defined


def test_the_ontology_keeps_to_the_constructs_of_owl_2_rl() -> None:
    allowed = {
        "Class", "ObjectProperty", "DatatypeProperty", "SymmetricProperty", "TransitiveProperty", "Ontology",
        "inverseOf", "disjointWith", "versionIRI", "versionInfo",
    }  # fmt: skip
    used = {iri.removeprefix(OWL) for iri in all_terms(ONTOLOGY / "core.ttl") if iri.startswith(OWL)}
    assert used <= allowed
    datatypes = {iri for iri in all_terms(ONTOLOGY / "core.ttl") if iri.startswith(XSD)}
    assert datatypes <= {XSD + name for name in ("integer", "decimal", "string")}


def declared_terms() -> set[str]:
    lines = (ONTOLOGY / "alignments/terms.tsv").read_text(encoding="utf-8").splitlines()
    assert all(len(line.split("\t")) == 4 for line in lines)
    return {line.split("\t")[0] for line in lines[1:]}


def test_every_term_of_others_is_listed_with_its_source_and_no_other() -> None:
    """Those that files of the ontology use, those they are aligned with, and those that documents become."""
    terms = [line.split("\t") for line in (ONTOLOGY / "alignments/terms.tsv").read_text(encoding="utf-8").splitlines()]
    assert terms[1:] == sorted(terms[1:])
    assert all(source and version and place.startswith("https://") for _, source, version, place in terms[1:])
    used = set().union(*map(iris, TURTLE), *map(all_terms, (ONTOLOGY / "alignments").glob("*.ttl")))
    written = (ONTOLOGY.parent / "kg/triples.py").read_text(encoding="utf-8")
    used |= {
        PREFIXES[name.lower()] + term for name, term in re.findall(r"\{(SDO|DCTERMS|PROV|OA|ORG|SKOS)\}(\w+)", written)
    }
    used |= all_terms(ONTOLOGY / "core.ttl")
    for path in QUERIES:
        for prefix, name in re.findall(r"\b(oa|org|dcterms|prov|sdo|skos):(\w+)", path.read_text(encoding="utf-8")):
            used.add(PREFIXES[prefix] + name)
    ours = (BASE, *STANDARD, "https://creativecommons.org/")
    assert {iri for iri in used if not iri.startswith(ours)} == declared_terms()


def test_schemes_and_code_name_the_same_statuses_ranks_and_relations() -> None:
    ranks = {s.removeprefix(ST): int(v[0]) for s, v in values("schemes", SKOS + "notation").items() if s.startswith(ST)}
    assert ranks == STATUS_RANK
    assert set(ranks) == set(STATUSES)
    terms = core_terms()
    assert {
        term.removeprefix(VNE)
        for term, said in terms.items()
        if {SKOS + "Concept", OWL + "ObjectProperty"} <= set(said[TYPE, ""])
    } == set(RELATIONS)


# ---------------------------------------------------------------- places


def test_63_units_before_the_merger_and_34_after() -> None:
    units = {s.removeprefix(PLACE) for s in values("places", TYPE) if s.startswith(PLACE)} - {"vn"}
    ended = {s.removeprefix(PLACE) for s in values("places", VNE + "validUntil")}
    begun = {s.removeprefix(PLACE) for s in values("places", VNE + "validFrom")}
    assert len(units - begun) == 63
    assert len(units - ended) == 34
    assert units - ended - begun == UNCHANGED
    assert begun == {f"{name}-2025" for name in MERGERS}


def test_every_merger_is_that_of_the_resolution() -> None:
    into = {
        s.removeprefix(PLACE): [o.removeprefix(PLACE) for o in v]
        for s, v in values("places", VNE + "mergedInto").items()
    }
    expected = {part: [f"{new}-2025"] for new, parts in MERGERS.items() for part in parts.split()}
    assert into == expected
    assert len(expected) - len(MERGERS) == 63 - 34 == 29


def test_each_change_of_units_agrees_with_the_mergers_and_codes_are_kept() -> None:
    codes = values("places", VNE + "areaCode")
    dates = values("places", PREFIXES["dcterms"] + "date")
    originals = values("places", VNE + "originalUnit")
    assert len(originals) == 23
    for event, result in values("places", VNE + "resultingUnit").items():
        name = result[0].removeprefix(PLACE).removesuffix("-2025")
        assert {o.removeprefix(PLACE) for o in originals[event]} == set(MERGERS[name].split())
        assert dates[event] == ["2025-07-01"]
        assert sorted(codes[result[0]]) == sorted(code for part in originals[event] for code in codes[part])


def test_codes_and_wikidata_items_tell_the_old_units_apart() -> None:
    for predicate in (VNE + "areaCode", VNE + "gsoCode", VNE + "formerAreaCode", SKOS + "closeMatch"):
        old = {s: v for s, v in values("places", predicate).items() if not s.endswith(("-2025", "/vn"))}
        assert len(old) == 63
        assert len({v[0] for v in old.values()}) == 63


@pytest.mark.parametrize(
    ("place", "name", "kind", "code", "alias"),
    [
        ("ha-nam", "Hà Nam", "tỉnh", "0226", "tỉnh Hà Nam"),
        ("ho-chi-minh", "Hồ Chí Minh", "thành phố", "028", "TP.HCM"),
        ("hue", "Huế", "thành phố", "0234", "Thừa Thiên Huế"),
        ("dak-lak", "Đắk Lắk", "tỉnh", "0262", "Đắc Lắc"),
        ("ba-ria-vung-tau", "Bà Rịa - Vũng Tàu", "tỉnh", "0254", "Bà Rịa – Vũng Tàu"),
        ("can-tho-2025", "Cần Thơ", "thành phố", "0293", "TP Cần Thơ"),
        ("ninh-binh-2025", "Ninh Bình", "tỉnh", "0226", "tỉnh Ninh Bình"),
    ],
)
def test_pinned_places(place: str, name: str, kind: str, code: str, alias: str) -> None:
    iri = PLACE + place
    assert values("places", SKOS + "prefLabel")[iri] == [name]
    assert values("places", VNE + "kind")[iri] == [kind]
    assert code in values("places", VNE + "areaCode")[iri]
    assert alias in values("places", SKOS + "altLabel")[iri]


def test_28_provinces_and_6_cities_begin_on_the_day_of_the_merger() -> None:
    ended = set(values("places", VNE + "validUntil"))
    kinds = Counter(v[0] for s, v in values("places", VNE + "kind").items() if s not in ended)
    assert kinds == {"tỉnh": 28, "thành phố": 6, "quốc gia": 1}


# ---------------------------------------------------------------- lexicon


def wordings(prefix: str) -> dict[str, set[str]]:
    owners: dict[str, set[str]] = defaultdict(set)
    for predicate in ("prefLabel", "altLabel"):
        for subject, labels in values("lexicon", SKOS + predicate).items():
            if subject.startswith(prefix):
                for label in labels:
                    owners[folded(label)].add(subject.removeprefix(prefix))
    return owners


def test_no_wording_belongs_to_two_systems_or_two_agencies_or_to_both() -> None:
    systems, agencies = wordings(SYS), wordings(AGENCY)
    assert {w: o for w, o in systems.items() if len(o) > 1} == {}
    assert {w: o for w, o in agencies.items() if len(o) > 1} == {}
    assert set(systems) & set(agencies) == set()


@pytest.mark.parametrize(
    ("wording", "system"),
    [
        ("NGSP", "ndxp"), ("NDXP", "ndxp"), ("Trục kết nối, chia sẻ dữ liệu quốc gia", "ndxp"), ("NDOP", "ndop"),
        ("VDXP", "truc-ltvbqg"), ("Trục liên thông quốc gia", "truc-ltvbqg"), ("Cổng DVCQG", "cong-dvcqg"),
        ("CSDL quốc gia về dân cư", "csdlqg-dan-cu"), ("CSDL hộ tịch", "csdl-ho-tich"), ("CSDL cư trú", "csdl-cu-tru"),
        ("Cổng TTĐT Chính phủ", "cong-ttdt-chinh-phu"), ("Trung tâm dữ liệu quốc gia", "ttdlqg"),
        ("Trung tâm dữ liệu quốc gia về dân cư", "ttdl-dan-cu"), ("NCSC", "ncsc"), ("IOC Chính phủ", "ioc-chinh-phu"),
        ("Hệ thống thông tin báo cáo quốc gia", "ht-bao-cao-cp"), ("PayGov", "paygov"), ("VNeID", "vneid-app"),
        ("Payment Platform", "thanh-toan-dvcqg"), ("Hệ thống định danh và xác thực điện tử", "vneid"),
        ("EMC", "emc"), ("Mạng TSLCD cấp I", "tslcd"), ("TABMIS", "tabmis"), ("data.gov.vn", "cong-dlqg"),
    ],
)  # fmt: skip
def test_known_wordings_lead_to_their_system(wording: str, system: str) -> None:
    assert wordings(SYS)[folded(wording)] == {system}


def test_systems_have_one_type_one_scope_and_ministry_systems_an_owner() -> None:
    types, scopes, levels, owners = (values("lexicon", p) for p in (TYPE, VNE + "scope", VNE + "level", VNE + "owner"))
    for system in (s for s in types if s.startswith(SYS)):
        assert len(types[system]) == 1
        assert levels[system] in ([LV + "national"], [LV + "ministry"])
        assert scopes[system] == [PLACE + "vn"]
        assert levels[system] == [LV + "national"] or len(owners[system]) == 1, system


def test_the_columns_of_the_coverage_matrix_are_numbered_without_a_gap() -> None:
    columns = sorted(int(v[0]) for v in values("lexicon", VNE + "matrixColumn").values())
    assert columns == list(range(1, len(columns) + 1))


def test_ministries_of_2025_follow_those_they_replaced() -> None:
    originals, results = (values("lexicon", ORG + p) for p in ("originalOrganization", "resultingOrganization"))
    follows = {
        o.removeprefix(AGENCY): results[e][0].removeprefix(AGENCY) for e, parts in originals.items() for o in parts
    }
    assert follows["bo-thong-tin-va-truyen-thong"] == "bo-khoa-hoc-va-cong-nghe"
    assert follows["bo-tai-nguyen-va-moi-truong"] == follows["bo-nong-nghiep-va-phat-trien-nong-thon"]
    assert follows["bo-ke-hoach-va-dau-tu"] == "bo-tai-chinh"
    assert not set(follows) & set(follows.values())
