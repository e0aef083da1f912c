"""Takes in a framework from files: received, rehearsed, and then carried out by the same code, or dropped.

What is carried out must be what was seen: if the catalogue has changed since the rehearsal, nothing is kept
and the new rehearsal is shown instead.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from sloyfe.core.access import OutOfReach, Viewer
from sloyfe.core.imports.limits import shown_name
from sloyfe.core.imports.log import Kind, Log
from sloyfe.core.imports.places import FileRefused
from sloyfe.core.imports.report import report_csv, summary
from sloyfe.core.jobs.actions import order
from sloyfe.core.jobs.models import Job
from sloyfe.core.policy import number
from sloyfe.modules.catalogue.exporting import competences_of
from sloyfe.modules.catalogue.formats import moodle
from sloyfe.modules.catalogue.formats.draft import Draft
from sloyfe.modules.catalogue.formats.reading import Sent, read_framework, read_own
from sloyfe.modules.catalogue.models import Area, Competence, Framework, Import, ImportFile, Profile
from sloyfe.modules.catalogue.storing import CAPABILITY, store
from sloyfe.modules.catalogue.words import LABELS

REHEARSE = "catalogue-rehearse"
CARRY_OUT = "catalogue-carry-out"
IN_MEMORY = 5_000_000


class Changed(Exception):
    """The catalogue has changed since the rehearsal. Nothing was kept."""


def receive(
    viewer: Viewer,
    *,
    format_code: str,
    uploads: Sequence[UploadedFile[bytes]],
    whole: bool = False,
    into: Framework | None = None,
    edition: str = "",
) -> Job:
    """Keep the files and order the rehearsal. Raises OutOfReach."""
    _must_edit(viewer)
    sweep(viewer.day)
    with transaction.atomic():
        row = Import.objects.create(
            format=format_code,
            whole=whole or format_code != Import.Format.OWN,
            into=into,
            edition=edition,
            names=[shown_name(file.name or "") for file in uploads],
        )
        for file, name in zip(uploads, row.names, strict=True):
            ImportFile.objects.create(of_import=row, name=name, content=file)
        return _order(viewer, row, REHEARSE)


def changes(row: Import) -> bool:
    """Whether what was rehearsed would change anything."""
    return any(group["count"] and group["kind"] != Kind.UNCHANGED for group in row.report.get("groups", ()))


def order_carrying_out(viewer: Viewer, row: Import) -> Job:
    _must_edit(viewer)
    with transaction.atomic():
        return _order(viewer, row, CARRY_OUT)


def _order(viewer: Viewer, row: Import, kind: str) -> Job:
    job = order(viewer, kind, {"import": row.pk})
    row.job_id = job.pk
    row.save(update_fields=["job_id"])
    return job


def drop(viewer: Viewer, row: Import) -> None:
    """Forget an import with its files. What has been carried out stays in the catalogue."""
    _must_edit(viewer)
    _drop(row)


def sweep(today: date) -> int:
    """Let go of imports that are too old, carried out or not, with files and reports; gives how many."""
    oldest = today - timedelta(days=number("import.kept_days", today))
    old = Import.objects.for_system("imports are kept no longer than needed").filter(created_at__date__lt=oldest)
    for row in old:
        _drop(row)
    return len(old)


def _drop(row: Import) -> None:
    with transaction.atomic():
        _forget_files(row)
        if row.details:
            transaction.on_commit(partial(row.details.storage.delete, str(row.details.name)))
        row.delete()


# --- what the jobs do ------------------------------------------------------------------------------------


def read(row: Import, language: str) -> Draft | FileRefused:
    """The draft in the files, or why there is none."""
    kept = ImportFile.objects.for_system("read the files of an import").filter(of_import=row).order_by("pk")
    files = [Sent(file.name, partial(_open, file)) for file in kept]
    try:
        if row.format != Import.Format.OWN:
            return _read_framework(row, files, language)
        return _read_own(row, files)
    except FileRefused as refusal:
        return refusal


def _read_framework(row: Import, files: Sequence[Sent], language: str) -> Draft:
    """Of a framework that is here, Moodle's format can say only a part: the rest of it is as it stands."""
    draft = read_framework(row.format, files, language, row.edition)
    framework = Framework.objects.filter(code=draft.framework.code).first()
    if row.format != Import.Format.MOODLE or framework is None:
        return draft
    here = competences_of(framework)
    spoken = moodle.language_of(draft, here, language)
    if spoken != language:
        draft = read_framework(row.format, files, spoken, row.edition)
    return moodle.completed(draft, here, spoken)


def _open(file: ImportFile) -> BinaryIO:
    return cast(BinaryIO, file.content.storage.open(str(file.content.name), "rb"))


def _read_own(row: Import, files: Sequence[Sent]) -> Draft:
    """Our own format, which may speak of what is in the catalogue already, and of the levels it has there."""
    known = {
        key for model in (Area, Competence, Profile) for key in model.objects.values_list("key", flat=True).iterator()
    }
    draft = read_own(files, known, None)
    code = draft.framework.code
    framework = Framework.objects.filter(code=code).first() if code else row.into
    if draft.scales or framework is None or framework.scale is None:
        return draft
    levels = set(framework.scale.steps.values_list("level", flat=True))
    return read_own(files, known, levels) if levels else draft


def rehearse(viewer: Viewer, row: Import, draft: Draft | FileRefused) -> Log:
    """Try every change and keep what it would have been. Files that cannot be used are not kept."""
    log = _run(viewer, row, draft, rehearsal=True)
    _keep(row, log)
    row.state = Import.State.STOPPED if log.stopped else Import.State.READY
    row.lines = fingerprint(log)
    row.save()
    if log.stopped:
        _forget_files(row)
    return log


def carry_out(viewer: Viewer, row: Import, draft: Draft | FileRefused) -> Log:
    """Make the changes that were seen. Raises Changed where they would be others now."""
    with transaction.atomic():
        log = _run(viewer, row, draft, rehearsal=False)
        if fingerprint(log) != row.lines:
            raise Changed
        _keep(row, log)
        row.state = Import.State.DONE
        row.save()
        _forget_files(row)
    return log


def _run(viewer: Viewer, row: Import, draft: Draft | FileRefused, *, rehearsal: bool) -> Log:
    if isinstance(draft, FileRefused):
        log = Log()
        log.problem(draft.problem)
        return log
    return store(viewer, draft, rehearsal=rehearsal, into=row.into, whole=row.whole)


def fingerprint(log: Log) -> str:
    """The same for the same log, whether rehearsed or carried out."""
    told = hashlib.sha256()
    for line in log.lines():
        told.update(line.encode("utf-8", "surrogatepass"))
        told.update(b"\n")
    return told.hexdigest()


def _keep(row: Import, log: Log) -> None:
    row.report = summary(log)
    with SpooledTemporaryFile(max_size=IN_MEMORY) as written:
        for chunk in report_csv(log, LABELS):
            written.write(chunk)
        before = row.details.name
        row.details.save("report", File(written), save=False)
    if before:
        transaction.on_commit(partial(row.details.storage.delete, before))


def _forget_files(row: Import) -> None:
    for file in ImportFile.objects.for_system("an import keeps its files no longer than needed").filter(of_import=row):
        transaction.on_commit(partial(file.content.storage.delete, str(file.content.name)))
        file.delete()


def _must_edit(viewer: Viewer) -> None:
    if not viewer.may(CAPABILITY):
        raise OutOfReach("only those who edit the catalogue may import")
