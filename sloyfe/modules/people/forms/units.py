"""Forms that change the organisation. Each can say, before anything is done, what would change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext

from sloyfe.core.access import Viewer
from sloyfe.core.ui.dates import day_in_words
from sloyfe.core.ui.fields import HINT, PlainField
from sloyfe.modules.people import restructure
from sloyfe.modules.people.consequences import held_by_several, left_behind, moving
from sloyfe.modules.people.corrections import correct_day, same_change
from sloyfe.modules.people.forms.fields import DayField, UnitField
from sloyfe.modules.people.models import LANGUAGE_FORMS, Bond, Edge, Kind, Succession, Unit

FROM_DAY = _("From which day")
EARLIER = gettext_noop("On earlier days everything still reads as it was then.")
HEIRS = 4


class ChangeForm(forms.Form):
    """Base: `sentences` tells what would change, `carry_out` does it and gives the unit whose page to go to."""

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def sentences(self) -> list[str]:
        raise NotImplementedError

    def carry_out(self) -> Unit:
        raise NotImplementedError

    def words(self, name: str) -> str:
        return day_in_words(self.cleaned_data[name], self.viewer.day)


class OpenForm(ChangeForm):
    number = PlainField(label=_("Number"), max_length=40, help_text=_("The official number, used by every file."))
    name = PlainField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("What kind of unit"), choices=Kind.choices, initial=Kind.OFFICE)
    language = forms.ChoiceField(label=_("Language form"), choices=LANGUAGE_FORMS)
    first_day = DayField(label=_("First day"))

    def clean_number(self) -> str:
        number = self.cleaned_data["number"]
        if Unit.objects.filter(number=number).exists():
            raise ValidationError(_now("Another unit has that number. Every unit has its own."))
        return number

    def sentences(self) -> list[str]:
        words = {
            "name": self.cleaned_data["name"],
            "number": self.cleaned_data["number"],
            "kind": Kind(self.cleaned_data["kind"]).label,
            "day": self.words("first_day"),
        }
        return [
            _now("%(name)s opens on %(day)s as a %(kind)s with the number %(number)s.") % words,
            _now("It stands under no other unit yet. You say where on its page."),
        ]

    def carry_out(self) -> Unit:
        return restructure.open_unit(self.viewer, **self.cleaned_data)


class UnitForm(ChangeForm):
    """A change of one unit that exists."""

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit

    def _find_units(self, day: date, *names: str) -> None:
        """Unit fields are read on the day the change is to hold, which is known only when the form is bound."""
        for name in names:
            self.fields[name].day = day  # type: ignore[attr-defined]


class RenameForm(UnitForm):
    name = PlainField(label=_("New name"), max_length=200)
    from_day = DayField(label=FROM_DAY)

    def sentences(self) -> list[str]:
        words = {"old": self.unit.name, "new": self.cleaned_data["name"], "day": self.words("from_day")}
        return [
            _now("From %(day)s %(old)s is called %(new)s.") % words,
            _now("On earlier days it still reads as it was called then."),
        ]

    def carry_out(self) -> Unit:
        restructure.rename(self.viewer, self.unit, **self.cleaned_data)
        return self.unit


class PlaceForm(UnitForm):
    bond = forms.ChoiceField(
        label=_("In which line"), choices=Bond.choices, help_text=_("The other lines stay as they are.")
    )
    under = UnitField(
        label=_("Under which unit"), required=False, help_text=_("Name or number. Empty: under none in this line.")
    )
    also_under = UnitField(
        label=_("And under"), required=False, help_text=_("For an office that serves several municipalities.")
    )
    and_under = UnitField(label=_("And under one more"), required=False)
    from_day = DayField(label=FROM_DAY)
    PARENTS = ("under", "also_under", "and_under")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._find_units(_day_in(self, "from_day"), *self.PARENTS)

    def parents(self) -> list[Unit]:
        named = [self.cleaned_data[name] for name in self.PARENTS]
        return list({parent.pk: parent for parent in named if parent is not None}.values())

    def sentences(self) -> list[str]:
        day, bond = self.cleaned_data["from_day"], self.cleaned_data["bond"]
        today = Edge.objects.on(day).filter(child=self.unit, bond=bond).select_related("parent")
        words = {
            "unit": self.unit.name,
            "line": Bond(bond).label,
            "day": self.words("from_day"),
            "old": _listed([edge.parent.name for edge in today]),
            "new": _listed([parent.name for parent in self.parents()]),
        }
        return [
            _now("From %(day)s %(unit)s stands under %(new)s (%(line)s).") % words,
            _now("Until then it stands under %(old)s.") % words,
        ]

    def carry_out(self) -> Unit:
        data = self.cleaned_data
        restructure.place(self.viewer, self.unit, under=self.parents(), bond=data["bond"], from_day=data["from_day"])
        return self.unit


class PassOnForm(UnitForm):
    """A merge (one unit comes after) or a split (several, each with a share)."""

    day = DayField(label=_("First day of the new"))
    bring_along = forms.BooleanField(
        label=_("Move people, roles and the units under it along"),
        required=False,
        help_text=_("When one unit comes after. In a split each is moved to where it belongs."),
    )
    note = PlainField(label=_("Note"), max_length=300, required=False, help_text=HINT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(1, HEIRS + 1):
            self.fields[f"after_{place}"] = UnitField(
                label=_("Goes on as (%(n)s)") % {"n": place},
                required=place == 1,
                help_text=_("Name or number of the unit that comes after.") if place == 1 else "",
            )
            self.fields[f"share_{place}"] = forms.DecimalField(
                label=_("Its share in per cent (%(n)s)") % {"n": place},
                required=False,
                min_value=Decimal("0.01"),
                max_value=100,
                decimal_places=2,
                localize=True,
                help_text=_("Empty when all of it goes on as one unit.") if place == 1 else "",
            )
        self._find_units(_day_in(self, "day"), *(f"after_{place}" for place in range(1, HEIRS + 1)))

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each unit that comes after, with its share, as they stand side by side."""
        return [(self[f"after_{place}"], self[f"share_{place}"]) for place in range(1, HEIRS + 1)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.heirs: dict[int, tuple[Unit, Decimal]] = {}
        named = [place for place in range(1, HEIRS + 1) if data.get(f"after_{place}") is not None]
        for place in named:
            share = data.get(f"share_{place}")
            if share is None and len(named) > 1:
                self.add_error(f"share_{place}", _now("Say how large a share it takes."))
            heir = data[f"after_{place}"]
            self.heirs[heir.pk] = (heir, (Decimal(100) if share is None else share) / 100)
        return data

    def sentences(self) -> list[str]:
        told = _listed([f"{heir.name} ({round(share * 100)} %)" for heir, share in self.heirs.values()])
        day = self.cleaned_data["day"]
        words = {"unit": self.unit.name, "day": self.words("day"), "after": told}
        ahead = day > self.viewer.day
        goes = _now("%(unit)s is no more from %(day)s, and goes on as %(after)s.")
        went = _now("%(unit)s was no more from %(day)s, and went on as %(after)s.")
        return [(goes if ahead else went) % words, _now(EARLIER), *self._about_what_is_in_it(day)]

    def _about_what_is_in_it(self, day: date) -> list[str]:
        behind = left_behind(self.unit, day)
        if not self.cleaned_data["bring_along"]:
            return [_without_parent(self.unit, day), *behind]
        several = [told for heir, _share in self.heirs.values() for told in self._held_by_several(heir, day)]
        along = moving(self.unit, day)
        words = {"what": _listed(along), "day": self.words("day")}
        if not along:
            return [_now("Nobody works there then, and no roles or units have to move along."), *behind]
        return [_now("This moves along on %(day)s: %(what)s.") % words, *several, *behind]

    def _held_by_several(self, heir: Unit, day: date) -> list[str]:
        return held_by_several(self.viewer, self.unit, heir, day)

    def carry_out(self) -> Unit:
        data = self.cleaned_data
        restructure.pass_on(
            self.viewer,
            self.unit,
            after={pk: share for pk, (_heir, share) in self.heirs.items()},
            day=data["day"],
            note=data["note"],
            bring_along=data["bring_along"],
        )
        return self.unit


class CloseForm(UnitForm):
    from_day = DayField(label=_("First day without it"))

    def sentences(self) -> list[str]:
        day = self.cleaned_data["from_day"]
        words = {"unit": self.unit.name, "day": self.words("from_day")}
        is_no_more = _now("%(unit)s is no more from %(day)s, and nothing comes after it.")
        was_no_more = _now("%(unit)s was no more from %(day)s, and nothing came after it.")
        return [
            (is_no_more if day > self.viewer.day else was_no_more) % words,
            _now(EARLIER),
            _now("Nobody works there then, and no roles are held there."),
            _without_parent(self.unit, day),
            *left_behind(self.unit, day),
        ]

    def carry_out(self) -> Unit:
        restructure.close_unit(self.viewer, self.unit, **self.cleaned_data)
        return self.unit


class CorrectForm(ChangeForm):
    day = DayField(label=_("The day it happened"))

    def __init__(self, *args: Any, succession: Succession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.succession = succession

    def sentences(self) -> list[str]:
        rows = same_change(self.succession)
        names = {row.before.name: None for row in rows} | {row.after.name: None for row in rows}
        words = {
            "wrong": day_in_words(self.succession.day, self.viewer.day),
            "right": self.words("day"),
            "units": _listed(list(names)),
        }
        return [
            _now("What we wrote on %(wrong)s happened on %(right)s.") % words,
            _now("All that changed that day for %(units)s moves with it, and their pages say that it was corrected.")
            % words,
        ]

    def carry_out(self) -> Unit:
        correct_day(self.viewer, self.succession, day=self.cleaned_data["day"])
        return self.succession.before


def _day_in(form: ChangeForm, name: str) -> date:
    """The day written in a field, or today when it cannot be read; the field itself will say so."""
    read: Callable[[Any], Any] = form.fields[name].to_python
    try:
        return read(form.data.get(form.add_prefix(name))) or form.viewer.day
    except ValidationError:
        return form.viewer.day


def _listed(names: Sequence[str]) -> str:
    if not names:
        return _now("no unit")
    if len(names) == 1:
        return names[0]
    return _now("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def _without_parent(unit: Unit, day: date) -> str:
    """What happens to the units under one that goes."""
    under = Edge.objects.on(day).filter(parent=unit).values_list("child__name", flat=True).order_by("child__name")
    names = list(dict.fromkeys(under))
    if not names:
        return _now("No units stand under it then.")
    shown = names if len(names) <= 5 else [*names[:5], "…"]
    told = ngettext(
        "%(n)s unit stands under it then, and loses that place: %(units)s. Say where it goes afterwards.",
        "%(n)s units stand under it then, and lose that place: %(units)s. Say where they go afterwards.",
        len(names),
    )
    return told % {"n": len(names), "units": ", ".join(shown)}
