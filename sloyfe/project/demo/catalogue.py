"""Stores the invented catalogue: scale, areas, competences with all their words, profiles with requirements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from sloyfe.modules.catalogue import models as catalogue
from sloyfe.modules.people.models import RoleKind, Unit
from sloyfe.project.demo.content import content

LANGUAGES = ("nb", "nn", "en")
BEGINS = date(2026, 1, 1)


def store_catalogue(
    day: date, units: Mapping[str, Unit], roles: Mapping[str, RoleKind]
) -> dict[str, catalogue.Competence]:
    """Returns the competences by their code."""
    given = content("catalogue")
    scale = _scale(given["scale"])
    framework = catalogue.Framework.objects.create(
        code=given["framework"]["code"],
        scale=scale,
        publisher=given["framework"]["source"]["nb"],
        **_words("label", given["framework"]["label"]),
    )
    areas = {
        row["code"]: catalogue.Area.objects.create(
            framework=framework, key=row["code"], **_words("label", row["label"]), **_words("about", row["description"])
        )
        for row in given["areas"]
    }
    competences = {row["code"]: _competence(row, framework, areas) for row in given["competences"]}
    for term in given["local_terms"]:
        catalogue.AltLabel.objects.create(
            competence=competences[term["code"]],
            language=term["language"],
            text=term["term"],
            unit=units.get(term["used_by"]),
        )
    _profiles(day, competences, units, roles)
    return competences


def _words(stem: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {f"{stem}_{language}": texts.get(language, "") for language in LANGUAGES}


def _scale(given: Mapping[str, Any]) -> catalogue.Scale:
    scale = catalogue.Scale.objects.create(code=given["code"], **_words("label", given["label"]))
    for step in given["levels"]:
        catalogue.Step.objects.create(
            scale=scale, level=step["step"], **_words("label", step["label"]), **_words("about", step["description"])
        )
    return scale


def _competence(
    row: Mapping[str, Any], framework: catalogue.Framework, areas: Mapping[str, catalogue.Area]
) -> catalogue.Competence:
    competence = catalogue.Competence.objects.create(
        framework=framework,
        key=row["code"],
        kind=row["kind"],
        **_words("label", row["label"]),
        **_words("about", row["description"]),
    )
    catalogue.Placement.objects.bulk_create(
        catalogue.Placement(competence=competence, area=areas[code]) for code in row["areas"]
    )
    catalogue.AltLabel.objects.bulk_create(
        catalogue.AltLabel(competence=competence, language=language, text=text)
        for language, texts in row.get("also", {}).items()
        for text in dict.fromkeys(texts)
    )
    levels = row.get("levels", {})
    catalogue.LevelWording.objects.bulk_create(
        catalogue.LevelWording(
            competence=competence, level=n + 1, **_words("about", {code: levels[code][n] for code in levels})
        )
        for n in range(len(next(iter(levels.values()), ())))
    )
    return competence


def _profiles(
    day: date,
    competences: Mapping[str, catalogue.Competence],
    units: Mapping[str, Unit],
    roles: Mapping[str, RoleKind],
) -> None:
    for given in content("profiles")["profiles"]:
        profile = catalogue.Profile.objects.create(
            key=given["key"],
            kind=given["kind"],
            position=given.get("position", ""),
            role=roles.get(given.get("role", "")),
            unit=units.get(given.get("unit", "")),
            unit_kind=given.get("unit_kind", ""),
            **_words("label", given["label"]),
            **_words("about", given.get("about", {})),
        )
        catalogue.Requirement.objects.bulk_create(
            catalogue.Requirement(
                profile=profile,
                competence=competences[asked["competence"]],
                level=asked.get("level"),
                strength=asked["strength"],
                source=asked["source"],
                basis=asked.get("basis", ""),
                reach=asked.get("reach", "each"),
                at_least=asked.get("at_least", 1),
                proof_asked=asked.get("proof", False),
                review_on=day + relativedelta(months=asked["review"]) if "review" in asked else None,
                valid_from=BEGINS,
            )
            for asked in given["requirements"]
        )
