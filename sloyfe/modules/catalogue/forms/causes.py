"""The form of something from outside that gives rise to a need, and the one that ends it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from django import forms
from django.core.validators import URLValidator
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from sloyfe.core.lang import label
from sloyfe.core.ui.fields import HINT, DayField, PlainField
from sloyfe.modules.catalogue.forms.fields import CompetenceField
from sloyfe.modules.catalogue.models import Cause, Competence, Requirement, Step
from sloyfe.modules.catalogue.organisation import units

ROOM, MOST = 3, 12
"""So many competences the form asks for at first, and at most; two more than are filled while there is room."""

WHOLE_BODY = _("Everybody, in all offices")
ORDERS = [(code, named) for code, named in Requirement.Source.choices if code != Requirement.Source.FRAMEWORK]


class Where(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.get_kind_display()})"


class CauseForm(forms.Form):
    """Who sets requirements for some units only chooses among those. `within` None means all, and everybody."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=Cause.Kind.choices, widget=forms.RadioSelect)
    title = PlainField(label=_("Title"), max_length=Cause.TITLE)
    changes = PlainField(
        label=_("What changes in the work?"),
        lines=4,
        max_length=Cause.CHANGES,
        help_text=_("In plain words.") + " " + HINT,
    )
    ordered_by = forms.ChoiceField(label=_("Who has ordered it?"), choices=ORDERS)
    source = PlainField(
        label=_("Where does it stand?"),
        max_length=Cause.SOURCE,
        help_text=_("The law, the letter, the decision or the report it comes from."),
    )
    address = forms.URLField(
        label=_("Address on the web"), max_length=500, required=False, assume_scheme="https", empty_value="",
        validators=[URLValidator(schemes=["http", "https"])],
    )  # fmt: skip
    mandatory = forms.ChoiceField(
        label=_("Must it be followed?"),
        choices=[("yes", _("Yes, it must be followed")), ("no", _("No, it is voluntary"))],
        widget=forms.RadioSelect,
    )
    unit = Where(label=_("Where does it hold?"), queryset=units().none(), required=False)
    line = forms.ChoiceField(
        label=_("For whom?"), choices=[("", _("Everybody there")), *Cause.Line.choices], required=False
    )
    first_day = DayField(label=_("From which day?"))

    def __init__(
        self, *args: Any, within: Mapping[str, frozenset[int]] | None, steps: Iterable[Step], language: str,
        filled: int = 0, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.within = within
        self._places()
        named = [(step.level, f"{step.level}. {label(step, language)}") for step in steps]
        self.rows = min(max(ROOM, filled + 2, self._sent()), MOST)
        for at in range(self.rows):
            self.fields[f"what_{at}"] = CompetenceField(label=_("Competence"), required=False)
            self.fields[f"level_{at}"] = forms.TypedChoiceField(
                label=_("Level"), coerce=int, empty_value=None, required=False, choices=[("", _("No level")), *named]
            )

    def _places(self) -> None:
        there = units().filter(valid_to=None).order_by("kind", "name", "pk")
        field = cast(forms.ModelChoiceField, self.fields["unit"])
        if self.within is None:
            field.empty_label = str(WHOLE_BODY)
        else:
            there = there.filter(pk__in=frozenset().union(*self.within.values()))
            field.required, field.empty_label = True, None
            lines = cast(forms.ChoiceField, self.fields["line"])
            lines.choices = [(code, named) for code, named in cast(Any, lines.choices) if self.within[code]]
        field.queryset = there

    def _sent(self) -> int:
        return sum(1 for name in self.data if name.startswith("what_"))

    @staticmethod
    def initial_of(row: Cause, touches: Iterable[tuple[Competence, int | None]]) -> dict[str, Any]:
        names = ("kind", "title", "changes", "ordered_by", "source", "address", "unit", "line")
        start: dict[str, Any] = {name: getattr(row, name) for name in names}
        start |= {"mandatory": "yes" if row.mandatory else "no", "first_day": row.valid_from}
        for at, (competence, level) in enumerate(touches):
            start |= {f"what_{at}": competence, f"level_{at}": level}
        return start

    def facts(self) -> Iterator[BoundField]:
        return (self[name] for name in self.base_fields)

    def pairs(self) -> Iterator[tuple[BoundField, BoundField]]:
        return ((self[f"what_{at}"], self[f"level_{at}"]) for at in range(self.rows))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not self.touches():
            self.add_error("what_0", _("Name at least one competence it touches."))
        unit, line = data.get("unit"), data.get("line", "")
        if unit and self.within is not None and unit.pk not in self.within.get(line, frozenset()):
            self.add_error("line", _("Choose the line you set requirements for there."))
        return data

    def touches(self) -> list[tuple[Competence, int | None]]:
        """Each competence once, with the level it was first given."""
        found: dict[int, tuple[Competence, int | None]] = {}
        for at in range(self.rows):
            competence = self.cleaned_data.get(f"what_{at}")
            if competence:
                found.setdefault(competence.pk, (competence, self.cleaned_data.get(f"level_{at}")))
        return list(found.values())

    def put(self, row: Cause) -> Cause:
        """What was written, in the row. Its end stands, unless it now begins after that."""
        data = self.cleaned_data
        for name in ("kind", "title", "changes", "ordered_by", "source", "address", "unit", "line"):
            setattr(row, name, data[name])
        row.mandatory, row.valid_from = data["mandatory"] == "yes", data["first_day"]
        if row.valid_to and row.valid_to <= row.valid_from:
            row.valid_to = None
        return row


class EndCauseForm(forms.Form):
    last_day = DayField(label=_("Last day"), help_text=_("What has not begun by then is taken away altogether."))
