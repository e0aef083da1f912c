"""What can be found by searching: competences and requirement profiles.

Labels in every language, other words for them, local terms and descriptions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from sloyfe.core.search.index import Field, put, rebuild, remove
from sloyfe.modules.catalogue.models import AltLabel, Competence, Profile, Status

KIND = "competence"
PROFILE_KIND = "profile"
LABEL, OTHER, TEXT = 4, 3, 1
FEW = 200


def keep_findable(competence: Competence) -> None:
    """Put a competence into the index, or take it out when it is no longer published."""
    if competence.status == Status.PUBLISHED:
        put(
            KIND,
            str(competence.pk),
            _fields(competence, competence.alt_labels.values_list("text", flat=True)),
        )
    else:
        remove(KIND, str(competence.pk))


def keep_all_findable(competences: Collection[int]) -> None:
    """The same for many; very many are quicker to find again by building the whole index anew."""
    if len(competences) > FEW:
        index_competences()
        return
    for competence in Competence.objects.filter(pk__in=competences).order_by("pk"):
        keep_findable(competence)


def index_competences() -> int:
    """Rebuild the index of competences. Returns how many can be found."""
    return rebuild(KIND, _documents(Competence.objects.filter(status=Status.PUBLISHED).order_by("pk")))


def keep_profiles_findable(profiles: Collection[int]) -> None:
    """Put requirement profiles into the index; very many by building it anew."""
    if len(profiles) > FEW:
        rebuild(PROFILE_KIND, ((str(row.pk), _profile_fields(row)) for row in Profile.objects.order_by("pk")))
        return
    for row in Profile.objects.filter(pk__in=profiles).order_by("pk"):
        put(PROFILE_KIND, str(row.pk), _profile_fields(row))


def _profile_fields(row: Profile) -> list[Field]:
    return _fields(row, [text for texts in row.others.values() for text in texts])


def _documents(rows: Iterable[Competence]) -> Iterator[tuple[str, Sequence[Field]]]:
    others: dict[int, list[str]] = defaultdict(list)
    for competence, text in AltLabel.objects.values_list("competence", "text"):
        others[competence].append(text)
    for row in rows:
        yield str(row.pk), _fields(row, others.get(row.pk, ()))


def _fields(row: Competence | Profile, others: Iterable[str]) -> list[Field]:
    labels = dict.fromkeys(text for text in (row.label_nb, row.label_nn, row.label_en) if text)
    fields = [Field(text, LABEL) for text in labels]
    fields += [Field(text, OTHER) for text in dict.fromkeys(others) if text not in labels]
    abouts = dict.fromkeys(text for text in (row.about_nb, row.about_nn, row.about_en) if text)
    return fields + [Field(text, TEXT) for text in abouts]
