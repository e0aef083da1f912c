"""What people wrote for the demo: whole in three languages, and pointing only at what is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from sloyfe.project.demo.content import FOLDER, content

FILES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
LANGUAGES = {"nb", "nn", "en"}
CODES = {row["code"] for row in content("catalogue")["competences"]}
ROLES = {row["code"] for row in content("roles")["roles"]}
POSTS = {row["name"] for row in content("positions")["positions"]}

BOKMAL_ONLY = {"ikke", "jeg", "hvordan", "hva", "hvem", "hvor", "noen", "noe", "veiledning", "veileder", "fra"}
BOKMAL_ONLY |= {"hjem", "være", "mye", "bare", "selv", "sammen", "hun", "dere", "kommer", "gjøre"}
BOKMAL_ONLY |= {"mulig", "vet", "uke", "uka", "jobber", "gjør", "flere", "annen", "dager", "samtaler", "kolleger"}
BOKMAL_ONLY |= {"oppgaver", "hverandre", "hver", "disse", "ble", "vært", "sier", "tar", "følger"}
NYNORSK_ONLY = {"ikkje", "eg", "korleis", "kva", "kven", "kvar", "nokon", "noko", "frå", "vere", "mykje", "sjølv"}
NYNORSK_ONLY |= {"saman", "ho", "dykk", "kjem", "gjere", "tilsett", "rettleiing", "rettleiar", "einingar"}
NYNORSK_ONLY |= {"fleire", "veke", "veka", "jobbar", "gjer", "kvarandre", "samtalar", "kollegaer", "desse", "vart"}
NYNORSK_ONLY |= {"seier", "tek", "følgjer", "mogleg", "oppgåver", "dei", "blei", "heim", "berre"}


def entries(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every value of a file with where it stands."""
    yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from entries(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            name = inner.get("code", number) if isinstance(inner, dict) else number
            yield from entries(inner, f"{path}/{name}")


def all_entries() -> list[tuple[str, Any]]:
    return [found for name in FILES for found in entries(content(name), name)]


def test_nothing_is_empty_or_of_a_surprising_type():
    odd = [path for path, value in all_entries() if not isinstance(value, dict | list | str | int | float)]
    assert odd == []  # a comma in an unquoted flow mapping gives a key without a value


@pytest.mark.parametrize("part", ["framework", "areas", "competences", "scale"])
def test_the_catalogue_is_whole_in_three_languages(part):
    rows = [v for path, v in entries(content("catalogue")[part], part) if isinstance(v, dict)]
    for row in rows:
        for field in ("label", "description"):
            assert set(row.get(field, LANGUAGES)) == LANGUAGES
            assert all(text.strip() for text in row.get(field, {}).values())


def test_the_catalogue_is_of_the_size_and_shape_it_says():
    catalogue = content("catalogue")
    areas = {row["code"] for row in catalogue["areas"]}
    rows = catalogue["competences"]
    assert 55 <= len(rows) <= 70 and len(CODES) == len(rows)
    assert 10 <= len(areas) <= 12
    assert {row["kind"] for row in rows} == {"knowledge", "skill", "attitude"}
    assert all(row["areas"] and set(row["areas"]) <= areas for row in rows)
    assert areas == {code for row in rows for code in row["areas"]}
    assert sum(len(row["areas"]) > 1 for row in rows) >= 20
    assert all(row["also"]["nb"] and row["also"]["nn"] for row in rows)
    for language in LANGUAGES:
        labels = [row["label"][language] for row in rows]
        assert len(labels) == len(set(labels))


def test_levels_go_from_one_to_five_and_central_competences_have_their_own_words():
    assert [level["step"] for level in content("catalogue")["scale"]["levels"]] == [1, 2, 3, 4, 5]
    worded = [row for row in content("catalogue")["competences"] if "levels" in row]
    assert len(worded) >= 10
    for row in worded:
        assert set(row["levels"]) == LANGUAGES
        assert all(len(steps) == 5 and len(set(steps)) == 5 for steps in row["levels"].values())


def test_every_reference_in_the_content_leads_somewhere():
    for path, value in all_entries():
        if not isinstance(value, dict):
            continue
        competence = value.get("competence") or (value.get("theme") if "role" in value else None)
        assert competence is None or competence in CODES, path
        assert value.get("role") is None or value["role"] in ROLES, path
        for field in ("quiet", "nobody", "knows"):
            assert set(value.get(field, ())) <= CODES, path
        assert path.startswith("roles") or value.get("position") is None or value["position"] in POSTS, path
    said = [row for kind in ("offers", "teaches", "wants", "unsure") for row in content("texts")[kind]]
    assert {row["code"] for row in said} <= CODES | {""}
    assert {term["code"] for term in content("catalogue")["local_terms"]} <= CODES


def test_profiles_say_who_asks_of_whom_and_by_what_right():
    keys = [profile["key"] for profile in content("profiles")["profiles"]]
    assert len(keys) == len(set(keys))
    for profile in content("profiles")["profiles"]:
        assert set(profile["label"]) == set(profile["about"]) == LANGUAGES
        target = {"position": ["position"], "role": ["role"], "unit": ["unit", "unit_kind"]}[profile["kind"]]
        assert sum(field in profile for field in target) == 1
        for row in profile["requirements"]:
            assert 1 <= row["level"] <= 5
            assert row["strength"] in {"must", "should", "may"}
            assert row["source"] in {"law", "directorate", "county", "municipality", "office"}
            assert (row["reach"] == "each") == ("at_least" not in row)
            assert (row["source"] == "law") == bool(row["basis"]), row


def test_roles_are_named_and_have_a_mandate_in_words():
    mandated = {row["role"] for row in content("roles")["mandates"]}
    assert mandated == ROLES
    for role in content("roles")["roles"]:
        assert set(role["name"]) == set(role["about"]) == LANGUAGES
        assert role["about"]["nb"].endswith(".")


def test_there_is_enough_to_say_and_nobody_says_too_much():
    texts = content("texts")
    rows = [row for kind in ("offers", "teaches", "wants", "unsure") for row in texts[kind]]
    assert len(rows) >= 120
    assert sum("nn" in row for row in rows) >= 60
    assert all(len(text) <= 300 for row in rows for key, text in row.items() if key != "code")


def words_in(language: str) -> Iterator[tuple[str, set[str]]]:
    for path, value in all_entries():
        if isinstance(value, dict) and isinstance(value.get(language), str | list):
            texts = value[language] if isinstance(value[language], list) else [value[language]]
            for text in texts:
                yield f"{path}: {text}", set(re.findall(r"\w+", str(text).casefold()))


def is_search_word(path: str) -> bool:
    return "/also" in path


def test_nynorsk_is_nynorsk_and_bokmal_is_bokmal():
    mixed = [text for text, found in words_in("nn") if found & BOKMAL_ONLY and not is_search_word(text)]
    mixed += [text for text, found in words_in("nb") if found & NYNORSK_ONLY and not is_search_word(text)]
    assert mixed == []


def test_the_demo_speaks_of_people_as_it_should():
    """A.5 13 and the face: nobody lacks, is weak or is in red; du, not De; and no user appears."""
    said = [(path, value) for path, value in all_entries() if isinstance(value, str)]
    harsh = re.compile(r"\b(mangler|svak|svake|under krav|skårer|forsinket)\b", re.IGNORECASE)
    assert [path for path, value in said if harsh.search(value)] == []
    assert [path for path, value in said if re.search(r"\d{6,}", value)] == []


def test_the_cast_has_a_way_in_for_every_role_one_can_be():
    cast = content("cast")["cast"]
    assert {
        *("employee_small", "case_worker", "resource_person", "deputy", "leader_small", "leader", "leader_large"),
        *("municipal_leader", "county_adviser", "directorate_adviser", "hr_admin", "system_admin"),
        *("union_rep", "safety_rep"),
    } <= {member["code"] for member in cast}
    everybody = cast + content("cast")["others"]
    for field in ("code", "username", "name"):
        assert len({member[field] for member in everybody}) == len(everybody)
    for member in cast:
        assert set(member["title"]) == set(member["what"]) == LANGUAGES
