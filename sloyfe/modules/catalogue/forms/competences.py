"""Forms of a competence: its words, its levels, and what an office calls it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sloyfe.core.lang import label
from sloyfe.core.ui.fields import PlainField
from sloyfe.modules.catalogue.forms.fields import LONGEST_ABOUT, CompetenceField, OneToALine
from sloyfe.modules.catalogue.forms.importing import Labelled
from sloyfe.modules.catalogue.models import LABEL, AltLabel, Area, Competence, Framework, LevelWording, Status, Step
from sloyfe.modules.catalogue.words import LANGUAGES, SPOKEN

FEW_AREAS = 30
LONGEST_KEY = 18


class Areas(forms.ModelMultipleChoiceField):
    language = "nb"

    def label_from_instance(self, obj: Any) -> str:
        return label(obj, self.language)

    def clean(self, value: Any) -> Any:
        """A number longer than any key is no area; the database would rather break than say so."""
        if any(len(str(each)) > LONGEST_KEY for each in value or ()):
            raise ValidationError(self.error_messages["invalid_choice"], params={"value": "…"})
        return super().clean(value)


class CompetenceForm(forms.Form):
    """All of it but the levels. `columns`, `others`, `areas` and `replaced_by` are what the action takes."""

    label_nb = PlainField(label=_("Name, bokmål"), max_length=LABEL, required=False)
    label_nn = PlainField(label=_("Name, nynorsk"), max_length=LABEL, required=False)
    label_en = PlainField(label=_("Name, English"), max_length=LABEL, required=False)
    others_nb = OneToALine(
        label=_("Other words, bokmål"), help_text=_("One to a line. All of them are found when somebody searches.")
    )
    others_nn = OneToALine(label=_("Other words, nynorsk"))
    others_en = OneToALine(label=_("Other words, English"))
    about_nb = PlainField(label=_("Description, bokmål"), lines=3, max_length=LONGEST_ABOUT, required=False)
    about_nn = PlainField(label=_("Description, nynorsk"), lines=3, max_length=LONGEST_ABOUT, required=False)
    about_en = PlainField(label=_("Description, English"), lines=3, max_length=LONGEST_ABOUT, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Competence.Kind.choices, required=False)
    status = forms.ChoiceField(label=_("Status"), choices=Status.choices)
    replaced_by = CompetenceField(
        label=_("Replaced by"), required=False, help_text=_("Type a word and pick from the list.")
    )

    def __init__(self, *args: Any, framework: Framework, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = Area.objects.filter(framework=framework).order_by("pk")
        if areas.exists():
            many = areas.count() > FEW_AREAS
            widget = forms.SelectMultiple(attrs={"size": 8}) if many else forms.CheckboxSelectMultiple()
            field = Areas(label=_("Lies under"), queryset=areas, required=False, widget=widget)
            field.language = language
            self.fields["areas"] = field

    @staticmethod
    def initial_of(row: Competence) -> dict[str, Any]:
        others: dict[str, list[str]] = {f"others_{code}": [] for code in LANGUAGES}
        for name in AltLabel.objects.filter(competence=row, unit=None).order_by("text"):
            others.setdefault(f"others_{name.language}", []).append(name.text)
        areas = list(Area.objects.filter(placements__competence=row).values_list("pk", flat=True))
        columns = {name: getattr(row, name) for name in CompetenceForm.COLUMNS}
        return {**columns, **others, "areas": areas, "replaced_by": row.replaced_by}

    COLUMNS = ("label_nb", "label_nn", "label_en", "about_nb", "about_nn", "about_en", "kind", "status")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(data.get(f"label_{code}") for code in LANGUAGES):
            raise ValidationError(_("Write the name in at least one language."))
        return data

    def told(self) -> dict[str, Any]:
        """As the actions take it."""
        data = self.cleaned_data
        return {
            "values": {name: data[name] for name in self.COLUMNS},
            "others": {code: data[f"others_{code}"] for code in LANGUAGES},
            "areas": list(data.get("areas", ())),
            "replaced_by": data["replaced_by"],
        }


class NewCompetenceForm(forms.Form):
    framework = Labelled(label=_("Framework"), queryset=Framework.objects.order_by("code"))


class LevelsForm(forms.Form):
    """A text for each level and language; left empty, the level goes by the words of the scale."""

    def __init__(self, *args: Any, row: Competence, steps: Iterable[Step], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {each.level: each for each in LevelWording.objects.filter(competence=row)}
        names = {step.level: label(step, language) for step in steps}
        self.levels = sorted({*names, *known})
        for level in self.levels:
            for code, spoken in LANGUAGES.items():
                self.fields[f"level_{level}_{code}"] = PlainField(
                    label=f"{level}. {names.get(level, '')} ({spoken})",
                    lines=2,
                    max_length=LONGEST_ABOUT,
                    required=False,
                    initial=getattr(known.get(level), f"about_{code}", ""),
                )

    def told(self) -> Mapping[int, Mapping[str, str]]:
        return {
            level: {code: self.cleaned_data[f"level_{level}_{code}"] for code in LANGUAGES} for level in self.levels
        }


class TermForm(forms.Form):
    """What an office calls it. `units` are the offices the viewer may speak for."""

    text = PlainField(
        label=_("What do you call it?"),
        max_length=LABEL,
        help_text=_("Colleagues find it under this word too. Do not write names or anything about a user."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=list(SPOKEN.items()))

    def __init__(self, *args: Any, units: Mapping[int, str], everybody: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, Any]] = [
            (str(pk), name) for pk, name in sorted(units.items(), key=lambda each: each[1])
        ]
        if everybody:
            choices = [("", _("All of us")), *choices]
        self.fields["unit"] = forms.TypedChoiceField(
            label=_("Who says so?"), choices=choices, coerce=int, empty_value=None, required=not everybody
        )
