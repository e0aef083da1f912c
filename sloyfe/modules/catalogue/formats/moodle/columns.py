"""The fourteen columns of Moodle's competency CSV and what their cells mean.

Moodle goes by position: the headings are in the language of whoever exported, and have changed over the
years.
"""

from __future__ import annotations

from sloyfe.modules.catalogue.formats.texts import cleaned, one_line, without_tags

COLUMNS = (
    "parentidnumber",
    "idnumber",
    "shortname",
    "description",
    "descriptionformat",
    "scalevalues",
    "scaleconfiguration",
    "ruletype",
    "ruleoutcome",
    "ruleconfig",
    "relatedidnumbers",
    "exportid",
    "isframework",
    "taxonomies",
)
HEADINGS = (
    "Parent ID number",
    "ID number",
    "Short name",
    "Description",
    "Description format",
    "Scale values",
    "Scale configuration",
    "Rule type (optional)",
    "Rule outcome (optional)",
    "Rule config (optional)",
    "Cross-referenced competency ID numbers",
    "Exported ID (optional)",
    "Is framework",
    "Taxonomy",
)
"""As Moodle writes them in English now."""

_COMMA = "%2C"


def name_in(cell: str) -> str:
    return one_line(cleaned(cell))


def words_in(cell: str) -> str:
    """The description without its HTML."""
    return without_tags(cleaned(cell)).strip()


def related_in(cell: str) -> tuple[str, ...]:
    """Id numbers, comma-separated; a comma inside one is written %2C."""
    return tuple(part.replace(_COMMA, ",") for part in cell.split(",") if part)


def related_cell(keys: tuple[str, ...]) -> str:
    return ",".join(key.replace(",", _COMMA) for key in keys)
