"""Small hand-written files in the shapes of the real ones, and how the tests read them."""

from __future__ import annotations

from sloyfe.core.imports.limits import Upload
from sloyfe.modules.people.formats.neutral import Delivery
from sloyfe.modules.people.formats.reading import read

VISMA_CHART = """<?xml version="1.0" encoding="utf-8"?>
<charts><chart id="7" name="Fjordvik"><units>
 <unit id="1" kode="100" name="Rådmannen" parentid="0"><manager id="51"/></unit>
 <unit id="2" kode="200" name="Nav Fjordvik" parentid="100"><manager id="52"/></unit>
 <unit id="3" kode="300" name="Team mottak" parentid="200"/>
</units></chart></charts>"""


def visma_person(positions: str, person_id: str = "51", ssn: str = "", employee: str = "11") -> str:
    return (
        f'<person personIdHRM="{person_id}"><employments><employment><employeeId>{employee}</employeeId>'
        f"<positions>{positions}</positions></employment></employments>"
        f"<familyName>Lie</familyName><givenName>Kari</givenName><ssn>{ssn}</ssn></person>"
    )


def visma_position(
    unit: str = '<chart id="7"><unit id="2"/></chart>',
    start: str = "<positionStartDate>2020-02-01</positionStartDate>",
    end: str = "",
    code: str = '<positionCode name="Konsulent" positionCode="0000"/>',
    cost_centre: str = "",
    primary: str = "true",
) -> str:
    return (
        f'<position isPrimaryPosition="{primary}" validFromDate="2020-04-03">{unit}'
        f'<costCentres><dimension2 value="{cost_centre}"/></costCentres>>{start}{end}'
        f"<positionInfo>{code}</positionInfo></position>"
    )


def visma_people(*persons: str) -> str:
    return f"<personsXML>{''.join(persons)}</personsXML>"


def delivered(*files: str | bytes | tuple[str, str | bytes], employer: str = "Fjordvik kommune") -> Delivery:
    """What is read of these files; a bare text is a file without a telling name."""
    named = [file if isinstance(file, tuple) else ("opplastet", file) for file in files]
    uploads = [Upload(name, data.encode() if isinstance(data, str) else data) for name, data in named]
    return read(uploads, employer=employer)


def said(delivery: Delivery) -> list[tuple[str, int, str]]:
    """Each problem as weight, row and message with its parameters."""
    return [(str(p.weight), p.place.row, p.message.format(**p.params)) for p in delivery.problems]
