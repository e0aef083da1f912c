"""Forms of requirement profiles and of what they ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sloyfe.core.lang import in_language, label
from sloyfe.core.ui.fields import PlainField
from sloyfe.modules.catalogue.forms.fields import LONGEST_ABOUT, CompetenceField
from sloyfe.modules.catalogue.models import LABEL, Profile, Requirement, Step
from sloyfe.modules.catalogue.organisation import roles, unit_kinds, units
from sloyfe.modules.catalogue.reads.profiles import APPLIED
from sloyfe.modules.catalogue.words import LANGUAGES

MOST_PEOPLE = 200


class Role(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return in_language(obj, "name", get_language() or "nb")


class ProfileForm(forms.Form):
    """A profile, and whom it is for. Who sets requirements for some units only chooses among those."""

    label_nb = PlainField(label=_("Name, bokmål"), max_length=LABEL, required=False)
    label_nn = PlainField(label=_("Name, nynorsk"), max_length=LABEL, required=False)
    label_en = PlainField(label=_("Name, English"), max_length=LABEL, required=False)
    about_nb = PlainField(label=_("Description, bokmål"), lines=3, max_length=LONGEST_ABOUT, required=False)
    about_nn = PlainField(label=_("Description, nynorsk"), lines=3, max_length=LONGEST_ABOUT, required=False)
    about_en = PlainField(label=_("Description, English"), lines=3, max_length=LONGEST_ABOUT, required=False)
    kind = forms.ChoiceField(
        label=_("For whom?"), widget=forms.RadioSelect, help_text=_("Then choose which, just below.")
    )
    position = PlainField(label=_("Position"), max_length=200, required=False)
    role = Role(label=_("Role"), queryset=roles().none(), required=False)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=units().none(), required=False)
    unit_kind = forms.ChoiceField(label=_("All units of this kind"), required=False)
    field_order = ("label_nb", "label_nn", "label_en", "kind", "unit", "unit_kind", "role", "position")

    def __init__(self, *args: Any, within: frozenset[int] | None, **kwargs: Any) -> None:
        """`within` are the units that may be chosen; None means all, and positions and roles too."""
        super().__init__(*args, **kwargs)
        named = dict(Profile.Kind.choices)
        kinds = APPLIED if within is None else (Profile.Kind.UNIT,)
        cast(forms.ChoiceField, self.fields["kind"]).choices = [(kind.value, named[kind]) for kind in kinds]
        there = units().filter(valid_to=None).order_by("name", "pk")
        cast(forms.ModelChoiceField, self.fields["unit"]).queryset = (
            there if within is None else there.filter(pk__in=sorted(within))
        )
        if within is None:
            cast(forms.ModelChoiceField, self.fields["role"]).queryset = roles().order_by("code")
            cast(forms.ChoiceField, self.fields["unit_kind"]).choices = [("", "—"), *unit_kinds().items()]
        else:
            self.initial.setdefault("kind", Profile.Kind.UNIT)
            for name in ("position", "role", "unit_kind"):
                del self.fields[name]

    @staticmethod
    def initial_of(row: Profile) -> dict[str, Any]:
        names = ("label_nb", "label_nn", "label_en", "about_nb", "about_nn", "about_en", "kind", "position", "role")
        return {name: getattr(row, name) for name in (*names, "unit", "unit_kind")}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            if not any(data.get(f"label_{code}") for code in LANGUAGES):
                raise ValidationError(_("Write the name in at least one language."))
            self._one_target(data)
        return data

    def _one_target(self, data: dict[str, Any]) -> None:
        """Only what belongs to the chosen kind is kept, and that must be there."""
        wanted = {Profile.Kind.POSITION: ("position",), Profile.Kind.ROLE: ("role",)}.get(
            data["kind"], ("unit", "unit_kind")
        )
        for name in ("position", "role", "unit", "unit_kind"):
            if name not in wanted:
                data[name] = None if name in ("role", "unit") else ""
            data.setdefault(name, "")
        told = [name for name in wanted if data[name]]
        if len(told) != 1:
            self.add_error(wanted[0], _("Say for whom the profile is: choose one here."))


class RequirementForm(forms.Form):
    """What a profile asks. For a new one also of what and of whom, which then stand."""

    strength = forms.ChoiceField(label=_("How strongly?"), choices=Requirement.Strength.choices)
    level = forms.TypedChoiceField(label=_("Level"), coerce=int, empty_value=None, required=False)
    at_least = forms.IntegerField(
        label=_("At least how many people?"),
        min_value=1,
        max_value=MOST_PEOPLE,
        required=False,
        help_text=_("Only when it is not asked of each person."),
    )
    source = forms.ChoiceField(label=_("Who asks for it?"), choices=Requirement.Source.choices)
    basis = PlainField(
        label=_("Basis"),
        max_length=300,
        required=False,
        help_text=_("The law, the decision or the plan it comes from."),
    )
    proof_asked = forms.BooleanField(label=_("Proof is asked for"), required=False)
    review_on = forms.DateField(
        label=_("To be looked at again"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("We could not read that day. Write it as 31.01.2024.")},
    )

    def __init__(self, *args: Any, steps: Iterable[Step], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(step.level, f"{step.level}. {label(step, language)}") for step in steps]
        cast(forms.ChoiceField, self.fields["level"]).choices = [("", _("No level")), *named]

    @staticmethod
    def initial_of(row: Requirement) -> dict[str, Any]:
        names = ("strength", "level", "at_least", "source", "basis", "proof_asked", "review_on")
        return {name: getattr(row, name) for name in names}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["at_least"] = data.get("at_least") or 1
        return data

    def told(self) -> Mapping[str, Any]:
        names = ("strength", "level", "at_least", "source", "basis", "proof_asked", "review_on")
        return {name: self.cleaned_data[name] for name in names}


class NewRequirementForm(RequirementForm):
    competence = CompetenceField(label=_("Competence"), help_text=_("Type a word and pick from the list."))
    reach = forms.ChoiceField(label=_("Of whom?"), choices=Requirement.Reach.choices, initial=Requirement.Reach.EACH)
    field_order = ("competence", "reach")
