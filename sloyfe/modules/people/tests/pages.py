"""The pages of the organisation as the tests see them: where, for whom, and for whom not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """`about` names what stands in the address: a unit, a person, or a row made for the test."""

    name: str
    route: str
    opens_for: tuple[str, ...]
    closed_for: tuple[str, ...] = ()
    about: str = ""
    form: bool = False
    public: bool = False


ALL = ("employee", "leader", "hr_admin", "union_rep", "safety_rep")
ONLY_HR = ("employee", "leader", "state_leader", "directorate_adviser", "union_rep", "safety_rep", "outsider")

PAGES = (
    Page("sign-in", "/sign-in/", ("anonymous",), form=True, public=True),
    Page("new password", "/me/password/", (*ALL, "outsider"), form=True),
    Page("my looks", "/me/looks/", ALL, ("outsider",)),
    Page("organisation", "/organisation/", ALL, ("outsider",)),
    Page("unit", "/organisation/unit/{}/", ALL, ("outsider",), about="fjord"),
    Page("units csv", "/organisation/units.csv", ALL, ("outsider",)),
    Page("units xlsx", "/organisation/units.xlsx", ALL, ("outsider",)),
    Page("people csv", "/organisation/people.csv", ("leader", "hr_admin"), ("employee", "union_rep", "safety_rep")),
    Page("people xlsx", "/organisation/people.xlsx", ("deputy", "hr_admin"), ("employee", "union_rep", "safety_rep")),
    Page("open a unit", "/organisation/open/", ("hr_admin",), ONLY_HR, form=True),
    Page("rename", "/organisation/unit/{}/rename/", ("hr_admin",), ONLY_HR, about="fjord", form=True),
    Page("place", "/organisation/unit/{}/place/", ("hr_admin",), ONLY_HR, about="fjord", form=True),
    Page("pass on", "/organisation/unit/{}/pass-on/", ("hr_admin",), ONLY_HR, about="fjord", form=True),
    Page("close", "/organisation/unit/{}/close/", ("hr_admin",), ONLY_HR, about="fjord", form=True),
    Page("colleagues", "/people/", ALL, ("outsider",)),
    Page("person", "/people/{}/", ("employee", "leader", "deputy", "hr_admin"),
         ("state_leader", "neighbour_leader", "union_rep", "safety_rep", "county_adviser", "outsider"),
         about="employee"),
    Page("own page", "/people/{}/", ("outsider", "hr_admin"), ("leader", "employee"), about="outsider"),
    Page("end work", "/people/work/{}/end/", ("hr_admin",), ONLY_HR, about="work", form=True),
    Page("roles", "/roles/", ALL, ("outsider",)),
    Page("give a role", "/organisation/unit/{}/give-role/", ("leader", "state_leader", "hr_admin"),
         ("employee", "deputy", "neighbour_leader", "union_rep", "safety_rep", "outsider"), about="fjord", form=True),
    Page("role", "/roles/{}/", ("leader", "hr_admin"),
         ("employee", "state_leader", "neighbour_leader", "deputy", "union_rep", "outsider"), about="role", form=True),
    Page("end role", "/roles/{}/end/", ("leader", "hr_admin"),
         ("employee", "state_leader", "neighbour_leader", "deputy", "union_rep", "outsider"), about="role", form=True),
    Page("handover", "/roles/handover/{}/", ("leader", "hr_admin"),
         ("employee", "neighbour_leader", "deputy", "union_rep", "outsider"), about="handover", form=True),
)  # fmt: skip


def address(cast, page: Page) -> str:
    from sloyfe.modules.people.models import Affiliation, Handover, RoleHolding
    from tests.cast import DAY, START

    made = {
        "work": lambda: Affiliation.objects.for_system("test").get(person=cast.person["employee"]),
        "role": lambda: RoleHolding.objects.create(
            person=cast.person["employee"],
            kind=cast.kind["resource_person"],
            unit=cast.unit["fjord_team"],
            line="municipal",
            valid_from=START,
        ),
        "handover": lambda: Handover.objects.create(
            unit=cast.unit["fjord"], person=cast.person["employee"], what="fadder", left_on=DAY
        ),
    }
    if page.about in made:
        return page.route.format(made[page.about]().pk)
    found = cast.unit.get(page.about) or cast.person.get(page.about)
    return page.route.format(found.pk) if found else page.route
