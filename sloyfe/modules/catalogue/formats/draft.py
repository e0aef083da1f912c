"""What a framework file holds, said the same way whatever format it came in.

Every importer ends in one `Draft`: plain values, no database, no viewer. The action that stores it, the
rehearsal that shows it and the exporters that write it again all speak in these types. A key is what the
source itself calls a thing (an ESCO URI, a Moodle id number, our own code) and is unique in its draft among
areas, competences and profiles alike. Nothing that was read is dropped in silence: what could not become
part of the draft lies in `reported`, whole, with the place it stood in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sloyfe.core.imports.places import Place, Problem, Weight

Texts = Mapping[str, str]
"""Language code (`nb`, `nn`, `en`) to text; a language that has no text has no key."""

Words = Mapping[str, tuple[str, ...]]
"""Language code to several texts, in the order of the source."""

NOWHERE = Place("")


class Kind(StrEnum):
    """What sort of learning a competence asks for; `UNSAID` where the source leaves it open."""

    KNOWLEDGE = "knowledge"
    SKILL = "skill"
    ATTITUDE = "attitude"
    COMPETENCE = "competence"
    UNSAID = ""


class Status(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    OUTDATED = "outdated"


class ProfileKind(StrEnum):
    """`GROUP` only gathers profiles under a heading (an ISCO group, a role family) and asks for nothing."""

    GROUP = "group"
    OCCUPATION = "occupation"
    ROLE = "role"
    ROLE_LEVEL = "role_level"
    POSITION = "position"
    UNIT = "unit"


class Strength(StrEnum):
    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class Source(StrEnum):
    """Who asks for it. `FRAMEWORK`: nobody in particular, the published framework says so."""

    LAW = "law"
    DIRECTORATE = "directorate"
    COUNTY = "county"
    MUNICIPALITY = "municipality"
    OFFICE = "office"
    FRAMEWORK = "framework"


class Reach(StrEnum):
    """Whom it is asked of: each person, or at least so many in the unit or in its area."""

    EACH = "each"
    UNIT = "unit"
    AREA = "area"


class RelationKind(StrEnum):
    """How one competence stands to another, in the direction the source writes it."""

    ESSENTIAL = "essential"
    OPTIONAL = "optional"
    RELATED = "related"
    CROSS_REFERENCE = "cross_reference"


@dataclass(frozen=True, slots=True)
class DraftFramework:
    """`licence_line` is the sentence the licence asks us to show; empty where none is asked for."""

    code: str
    names: Texts
    publisher: str = ""
    version: str = ""
    licence_line: str = ""
    url: str = ""
    descriptions: Texts = field(default_factory=dict)
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class DraftStep:
    level: int
    names: Texts
    descriptions: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftScale:
    """Steps from lowest to highest; `proficient` is the first level that counts as good enough, if told."""

    code: str
    steps: tuple[DraftStep, ...]
    proficient: int | None = None

    def levels(self) -> frozenset[int]:
        return frozenset(step.level for step in self.steps)


@dataclass(frozen=True, slots=True)
class DraftArea:
    key: str
    names: Texts
    parents: tuple[str, ...] = ()
    descriptions: Texts = field(default_factory=dict)
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class DraftCompetence:
    """`parents` are keys of areas or of other competences. `level_wordings`: level to texts."""

    key: str
    kind: Kind
    names: Texts
    alt_labels: Words = field(default_factory=dict)
    descriptions: Texts = field(default_factory=dict)
    parents: tuple[str, ...] = ()
    status: Status = Status.PUBLISHED
    replaced_by: str = ""
    level_wordings: Mapping[int, Texts] = field(default_factory=dict)
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class DraftTerm:
    """A word somebody uses for a competence: `unit` is the official number of the office, empty for all."""

    term: str
    competence: str
    language: str = "nb"
    unit: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class DraftProfile:
    """A set of requirements with a name; `parents` are profiles it belongs under (role family › role).

    `applies_to` says for whom, by kind: a position's name, a role's code, a unit's official number or kind.
    """

    key: str
    names: Texts
    kind: ProfileKind
    parents: tuple[str, ...] = ()
    alt_labels: Words = field(default_factory=dict)
    descriptions: Texts = field(default_factory=dict)
    code: str = ""
    applies_to: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class DraftRequirement:
    """`level` is None where the source names none. `at_least` counts people where `reach` is not each."""

    profile: str
    competence: str
    level: int | None
    strength: Strength
    source: Source = Source.FRAMEWORK
    basis: str = ""
    reach: Reach = Reach.EACH
    at_least: int = 1
    proof_asked: bool = False
    review_on: date | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class DraftRelation:
    kind: RelationKind
    start: str
    end: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class ReportedRow:
    """A row of the source that could not be used, kept whole: column to value, and why in one sentence."""

    place: Place
    values: Mapping[str, str]
    message: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """One framework as read. `counts` says how many of what the file held, used or not.

    `scales` has the scale that requirements and level wordings speak of first; others are only wordings.
    Every reported row has one problem of weight `SKIPS` with the same place and message beside it.
    `extras` holds, by key and then column, rows as the source wrote them where its format says more than a
    draft can (Moodle's rule columns), so that writing gives the same bytes back; the key of the file is "".
    """

    framework: DraftFramework
    scales: tuple[DraftScale, ...] = ()
    areas: tuple[DraftArea, ...] = ()
    competences: tuple[DraftCompetence, ...] = ()
    terms: tuple[DraftTerm, ...] = ()
    profiles: tuple[DraftProfile, ...] = ()
    requirements: tuple[DraftRequirement, ...] = ()
    relations: tuple[DraftRelation, ...] = ()
    reported: tuple[ReportedRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    extras: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """True where at least one problem stops the file: show the problems, store nothing."""
        return any(problem.weight is Weight.STOPS for problem in self.problems)
