"""What becomes of imports when a person is erased: reports may name her, so they go; that a file came stays."""

from sloyfe.core.audit.erasure import kept, shredder
from sloyfe.modules.people.imports.models import Import, Part

REASON = "erase a person"


@shredder("people_imports.import.by_id")
def reports(person_id: int) -> int:
    """Every report in full, since any of them may name her, and her name where she brought a file in."""
    Part.objects.for_system(REASON).all().delete()
    imports = Import.objects.for_system(REASON)
    imports.update(summary={})
    return imports.filter(by_id=person_id).update(by_id=None, by_name="")


kept(Import, "job_id", because="it names a job, not a person")
