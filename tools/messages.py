"""The words of the interface in bokmål and nynorsk: build the catalogues, and prove that nothing is missing.

The source is `sloyfe/locale/parts/*.yaml`, lists of entries in files each part of the house keeps for itself:

    - {id: "Who can I ask?", nb: "Hvem kan jeg spørre?", nn: "Kven kan eg spørje?"}
    - {id: "A day", plural: "%(n)s days", nb: ["Én dag", "%(n)s dager"], nn: ["Éin dag", "%(n)s dagar"]}
    - {id: "Plan", nb: "Plan", nn: "Plan", same: true}      # nynorsk rightly equals bokmål
    - {id: "May", context: "month", nb: "mai", nn: "mai", same: true}
    - {id: "Enter a number.", nb: "Skriv et tall.", nn: "Skriv eit tal.", django: true}     # instead of Django's words

`compile` writes .po and .mo files from them, which are not committed; `check` holds them against the sources.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import django
import polib
import yaml

from tools.extract import Key, NotATextError, Use, uses_in

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("nb", "nn")
FIELDS = {"id", "plural", "context", "same", "django", *LANGUAGES}
PLACEHOLDER = re.compile(r"%\([^)]+\)[a-z]|%[sd]|\{[a-z_][a-z0-9_.]*(?:![a-z])?(?::[^}]*)?\}")


@dataclass(frozen=True)
class Entry:
    """One text. `texts` has one form per language, or two where there is a plural."""

    key: Key
    plural: str
    texts: Mapping[str, tuple[str, ...]]
    same: bool
    django: bool
    where: str


class PartsError(Exception):
    """A part that cannot be read as a list of entries; says where and why."""


# --- reading the parts -----------------------------------------------------------------------------


def read_parts(folder: Path) -> list[Entry]:
    return [
        _entry(raw, f"{path.name}, entry {number}")
        for path in sorted(folder.glob("*.yaml"))
        for number, raw in enumerate(_rows(path), start=1)
    ]


def _rows(path: Path) -> list[object]:
    try:
        rows = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise PartsError(f"{path.name} is not readable YAML: {' '.join(str(error).split())}") from None
    if not isinstance(rows, list):
        raise PartsError(f"{path.name} must be a list of entries")
    return rows


def _entry(raw: Any, where: str) -> Entry:
    if not isinstance(raw, dict) or not isinstance(raw.get("id"), str):
        raise PartsError(f"{where}: needs an `id` that is a text; quote it")
    where = f"{where} «{raw['id']}»"
    if odd := raw.keys() - FIELDS:
        raise PartsError(f"{where}: does not know {', '.join(sorted(map(str, odd)))}")
    plural = raw.get("plural", "")
    texts = {language: _forms(raw.get(language), bool(plural), f"{where}: {language}") for language in LANGUAGES}
    return Entry(
        Key(raw["id"], raw.get("context", "")), plural, texts, raw.get("same", False), raw.get("django", False), where
    )


def _forms(value: object, plural: bool, where: str) -> tuple[str, ...]:
    forms = tuple(value) if plural and isinstance(value, list) else (value,)
    if len(forms) != (2 if plural else 1):
        raise PartsError(f"{where} needs two forms, [one, many]")
    if not all(isinstance(form, str) and form for form in forms):
        raise PartsError(f"{where} needs a text; quote it")
    return forms


# --- building the catalogues ------------------------------------------------------------------------


def compile_catalogues(locale: Path) -> None:
    """Write `<language>/LC_MESSAGES/django.po` and `.mo`, the same bytes from the same parts."""
    sources = sorted((locale / "parts").glob("*.yaml"))
    built = [locale / language / "LC_MESSAGES/django.mo" for language in LANGUAGES]
    changed = max(path.stat().st_mtime_ns for path in [*sources, locale / "parts", Path(__file__)])
    if all(path.exists() and path.stat().st_mtime_ns > changed for path in built):
        return
    entries = {entry.key: entry for entry in read_parts(locale / "parts")}
    for language, target in zip(LANGUAGES, built, strict=True):
        catalogue = _catalogue(language, [entries[key] for key in sorted(entries)])
        target.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(target.with_suffix(".po")))
        catalogue.save_as_mofile(str(target))


def _catalogue(language: str, entries: Iterable[Entry]) -> polib.POFile:
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for entry in entries:
        forms = entry.texts[language]
        said: dict[str, Any] = {"msgstr_plural": dict(enumerate(forms))} if entry.plural else {"msgstr": forms[0]}
        context = entry.key.context or None
        catalogue.append(polib.POEntry(msgid=entry.key.id, msgid_plural=entry.plural, msgctxt=context, **said))
    return catalogue


# --- proving that nothing is missing ------------------------------------------------------------------


def faults(uses: Iterable[Use], entries: Iterable[Entry]) -> Iterator[str]:
    """Every reason not to trust the catalogues, as sentences."""
    asked: dict[Key, list[Use]] = defaultdict(list)
    said: dict[Key, list[Entry]] = defaultdict(list)
    for use in uses:
        asked[use.key].append(use)
    for entry in entries:
        said[entry.key].append(entry)
    for key in sorted(asked.keys() - said.keys()):
        yield f"not translated: «{key.id}» ({asked[key][0].where})"
    for key in sorted(key for key in said.keys() - asked.keys() if not said[key][0].django):
        yield f"nobody uses it: {said[key][0].where}"
    for key in sorted(said):
        yield from _entry_faults(said[key], asked[key])
        yield from _django_faults(said[key][0])


def _entry_faults(same_key: list[Entry], uses: list[Use]) -> Iterator[str]:
    first, *others = same_key
    for other in others:
        if (other.plural, other.texts) != (first.plural, first.texts):
            yield f"said in two ways: {first.where} and {other.where}"
    for use in uses:
        if use.plural and use.plural != first.plural:
            yield f"another plural in {use.where}: {first.where}"
    yield from _placeholder_faults(first)
    equal = first.texts["nb"] == first.texts["nn"]
    if equal and not first.same:
        yield f"nynorsk copies bokmål; write nynorsk, or `same: true` if it is right: {first.where}"
    if first.same and not equal:
        yield f"marked `same` but nynorsk differs: {first.where}"


def _django_faults(entry: Entry) -> Iterator[str]:
    """Our catalogue goes before Django's: «Monday» said with a capital letter would be so in every date."""
    for language, forms in entry.texts.items():
        theirs = None if entry.plural else _django_words(language).get(entry.key)
        if entry.django and not theirs:
            yield f"Django does not say this in {language}: {entry.where}"
        if theirs and theirs != forms[0] and not entry.django:
            yield f"Django says «{theirs}» in {language}; use that, give a context, or mark it `django`: {entry.where}"


@cache
def _django_words(language: str) -> dict[Key, str]:
    catalogue = polib.mofile(str(Path(django.__file__).parent / f"conf/locale/{language}/LC_MESSAGES/django.mo"))
    return {Key(one.msgid, one.msgctxt or ""): one.msgstr for one in catalogue if one.msgstr}


def _placeholder_faults(entry: Entry) -> Iterator[str]:
    """The same placeholders in every language; only the form for one may leave the number out."""
    wanted = _placeholders(entry.plural or entry.key.id)
    for language, forms in entry.texts.items():
        fewer = [_placeholders(form) for form in (entry.key.id, *forms[:-1])] if entry.plural else []
        if _placeholders(forms[-1]) != wanted or any(not few <= wanted for few in fewer):
            yield f"placeholders differ in {language}: {entry.where}"


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def check(package: Path) -> list[str]:
    return list(faults(uses_in(package), read_parts(package / "locale/parts")))


def main(command: str) -> None:
    package = ROOT / "sloyfe"
    try:
        if command == "compile":
            compile_catalogues(package / "locale")
        elif found := check(package):
            sys.exit("\n".join([*found, f"{len(found)} faults in the translations"]))
    except (PartsError, NotATextError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    if sys.argv[1:] not in (["compile"], ["check"]):
        sys.exit("python -m tools.messages compile | check")
    main(sys.argv[1])
