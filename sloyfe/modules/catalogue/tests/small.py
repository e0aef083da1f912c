"""A small framework with one of everything, and ways to change it."""

from __future__ import annotations

from dataclasses import replace

from sloyfe.modules.catalogue.formats import draft as d
from sloyfe.modules.catalogue.formats.checks import checked

TALK = d.DraftCompetence(
    "talk",
    d.Kind.SKILL,
    {"nb": "Samtaleteknikk", "nn": "Samtaleteknikk", "en": "Conversation"},
    {"nb": ("MI", "motiverende intervju")},
    {"nb": "Å snakke så den andre vil."},
    ("people",),
    level_wordings={1: {"nb": "Øver med støtte"}, 2: {"nb": "Gjør det alene"}},
)
LAW = d.DraftCompetence("law", d.Kind.KNOWLEDGE, {"nb": "Forvaltningsloven"}, parents=("people",))
APPEAL = d.DraftCompetence("appeal", d.Kind.KNOWLEDGE, {"nb": "Klagebehandling"}, parents=("law",))


def framework(*competences: d.DraftCompetence, **changes: object) -> d.Draft:
    """Checked as every reader's draft is."""
    told = competences or (TALK, LAW, APPEAL)
    keys = {competence.key for competence in told}
    asked = (
        d.DraftRequirement("adviser", "talk", 2, d.Strength.MUST, d.Source.DIRECTORATE, "Virksomhetsplanen"),
        d.DraftRequirement("adviser", "law", None, d.Strength.SHOULD),
        d.DraftRequirement(
            "adviser", "appeal", 1, d.Strength.MUST, d.Source.LAW, reach=d.Reach.UNIT, at_least=2, proof_asked=True
        ),
    )
    whole = d.Draft(
        framework=d.DraftFramework("small", {"nb": "Lite rammeverk"}, "Oss", "1", "CC BY 4.0"),
        scales=(d.DraftScale("small", tuple(d.DraftStep(n, {"nb": f"Trinn {n}"}) for n in (1, 2, 3))),),
        areas=(d.DraftArea("all", {"nb": "Alt"}), d.DraftArea("people", {"nb": "Å møte folk"}, ("all",))),
        competences=told,
        terms=(d.DraftTerm("motprat", "talk"), d.DraftTerm("praten", "talk", "nb", "u-fjord")),
        profiles=(
            d.DraftProfile("group", {"nb": "Alle"}, d.ProfileKind.GROUP),
            d.DraftProfile(
                "adviser",
                {"nb": "Veileder"},
                d.ProfileKind.POSITION,
                ("group",),
                {"nb": ("rådgiver",)},
                applies_to="veileder",
            ),
        ),
        requirements=tuple(each for each in asked if each.competence in keys),
        relations=(d.DraftRelation(d.RelationKind.RELATED, "talk", "law"),) if {"talk", "law"} <= keys else (),
    )
    return checked(replace(whole, **changes), levels={1, 2, 3})
