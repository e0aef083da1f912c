"""The worker's part: the people of a whole body as a workbook."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from sloyfe.core.imports.sheets import write_xlsx
from sloyfe.core.jobs.context import Context
from sloyfe.core.jobs.daily import every_day
from sloyfe.core.jobs.files import finish_with_file
from sloyfe.core.jobs.registry import job
from sloyfe.modules.people.daily import new_day
from sloyfe.modules.people.export import PEOPLE_FILE, SEE, people_of
from sloyfe.modules.people.formats.own_files import sheets_of

WRITING = gettext_noop("Writing the file")


@job(PEOPLE_FILE, title=gettext_lazy("Writing the people to a file"))
def write_people(context: Context) -> None:
    context.progress(10, WRITING)
    delivery = people_of(context.viewer)
    context.progress(40)
    sheets = sheets_of(delivery, context.viewer.language)
    finish_with_file(context, f"{_('people')}.xlsx", lambda out: write_xlsx(sheets, out), needs=SEE)


every_day(new_day)
