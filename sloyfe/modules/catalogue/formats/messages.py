"""Every sentence the framework readers can say, as message ids, and what to do about each.

Kept together so that they are translated whole and said alike whatever the format. Parameters are named;
`{count}` is filled where a message gathers many rows.
"""

from __future__ import annotations


def _(message: str) -> str:
    """Marks a message for translation; it is translated where it is shown."""
    return message


# --- the file as a whole: nothing was read ------------------------------------------------------------
NOT_TEXT = _("The file {file} is not text in UTF-8.")
NOT_CSV = _("The file {file} cannot be read as a table: quotation marks or columns do not add up.")
NOT_ZIP = _("The file {file} is damaged, or is not a ZIP archive.")
ZIP_LOCKED = _("The archive {file} is protected by a password.")
ZIP_TOO_BIG = _("The archive {file} unpacks to more than {limit} MB.")
ZIP_TOO_MANY = _("The archive {file} holds more than {limit} files.")
ONE_FILE = _("This format is one file, and more came.")
NO_HEADER = _("The file {file} is empty.")
NO_COLUMN = _("The file {file} lacks the column «{column}».")
NO_FILE = _("The file {file} is not among those you sent.")
NOT_JSON = _("The file {file} is not JSON.")
NOT_DIGCOMP = _("The file {file} holds no DigComp framework.")
NO_FRAMEWORK_ROW = _("No row says that it is the framework (Is framework = 1).")
TWO_FRAMEWORK_ROWS = _("More than one row says that it is the framework.")
NOTHING_KNOWN = _("No sheet or file has headings known here.")
WHICH_FRAMEWORK = _("The file does not say which framework it belongs to.")

# --- what stops a file that could be read -------------------------------------------------------------
CYCLE = _("These lie under each other in a circle: {names}.")
REPLACED_IN_CIRCLE = _("These replace each other in a circle: {names}.")
KEY_TWICE = _("The key «{value}» is used twice (also in row {row}).")
LABEL_TOO_LONG = _("The name has {length} characters; at most {limit} fit.")
TEXT_TOO_LONG = _("The text has {length} characters; at most {limit} fit.")
CODE_STRANGE = _("The framework's code «{value}» may only have the letters a–z, digits, - and _.")
KEY_TOO_LONG = _("The key has {length} characters; at most {limit} fit.")

# --- rows that are left out, and kept whole in the report -----------------------------------------------
NO_KEY = _("The row has no key.")
KEY_STRANGE = _("The key holds characters that cannot be seen.")
NO_LABEL = _("The row has no name in any language.")
SAME_ROW_TWICE = _("The same thing stands in an earlier row.")
UNKNOWN_PARENT = _("It lies under «{value}», which is not in the file; it is kept without that place.")
UNKNOWN_REPLACEMENT = _("It is replaced by «{value}», which is not in the file; that is left out.")
UNKNOWN_PROFILE = _("The requirement belongs to the profile «{value}», which is not in the file.")
UNKNOWN_COMPETENCE = _("It points at the competence «{value}», which is not in the file.")
RELATED_TO_ITSELF = _("The competence is related to itself.")
ASKED_TWICE = _("The profile asks for the same competence in an earlier row; the first is kept.")
LEVEL_OUTSIDE = _("Level {value} is not on the scale.")
EMPTY_TERM = _("The row has no word.")
UNKNOWN_UNIT = _("No unit has the number «{value}».")
UNKNOWN_APPLIES_TO = _("It applies to «{value}», which is no position, role or unit known here.")
UNKNOWN_CHILD_OF = _("The row places «{value}», which is not in any list of the files.")
UNKNOWN_BROADER = _("The row places something under «{value}», which is not in any list of the files.")
UNKNOWN_OCCUPATION = _("The row names the occupation «{value}», which is not in the list of occupations.")
UNKNOWN_RELATION = _("The row says the relation «{value}», which is not known.")
UNMATCHED_TRANSLATION = _("The translation of «{value}» fits nothing in this version of ESCO.")
UNKNOWN_LEVEL = _("The row says the skill level «{value}», which is not on the scale.")
WRONG_SHAPE = _("The entry is not written as this format says.")

# --- said, and nothing left out -------------------------------------------------------------------------
INVISIBLE_REMOVED = _("Characters that cannot be seen were taken away or mended. Rows: {count}.")
FILE_NOT_USED = _("The file {file} is not part of what is read, and was left aside.")
COLUMNS_NOT_USED = _("Columns that are not known here were left aside: {columns}.")
SHEET_NOT_USED = _("The sheet {sheet} has no headings known here, and was left aside.")
FILE_MISSING = _("The file {file} is not among those you sent; what it says is left open.")
NO_SKILL_TYPE = _("Skills that do not say whether they are knowledge or skill: {count}.")
NO_REUSE_LEVEL = _("Skills that do not say how widely they are used: {count}.")
REPEATED_LABEL = _("Concepts that repeat their own name among the other names: {count}.")
SHORT_ROWS = _("Rows in the hierarchy that end before the last column: {count}.")
FROM_COLLECTION = _("Skills taken from a collection, since the list of skills lacks them: {count}.")
TRANSLATION_WITHOUT_NAME = _("Rows in the translations that have no name: {count}.")
UNKNOWN_STATUS = _("Concepts with a status that is not known, kept as drafts: {count}.")
LEVEL_NOT_IN_USE = _("Requirements without level, since the framework says NOT IN USE: {count}.")
NO_LEVEL_WORDING = _("Skills without any wording for the levels: {count}.")
TEXT_MISSING = _("Rows where the skill's description is said to be missing: {count}.")
ROLES_DIFFER = _("Skills whose own list of roles differs from the list of roles and skills: {count}.")
GLOSSARY_COUNTED = _("Explanations in the word list, counted but no part of a catalogue: {count}.")
SCALE_UNREADABLE = _("The scale's configuration cannot be read; its steps are kept.")

_MEND_FILE = _("Save it again from the program it came from, and try once more.")
_MEND_ROW = _("Correct the row and send the file again.")

REMEDIES = {
    COLUMNS_NOT_USED: _("The columns we read are: {known}. Rename a column if it is one of them."),
    NOT_TEXT: _("Save it as CSV in UTF-8, and try once more."),
    NOT_CSV: _MEND_FILE,
    NOT_ZIP: _MEND_FILE,
    ZIP_LOCKED: _("Send it without a password."),
    ZIP_TOO_BIG: _("Send only the files of the framework."),
    ZIP_TOO_MANY: _("Send only the files of the framework."),
    ONE_FILE: _("Send only that file."),
    NO_COLUMN: _("Check that it is the official file, unchanged."),
    NO_FILE: _("Send all the files of the framework together."),
    CYCLE: _("Choose one of them to lie at the top, and take away its place under the others."),
    REPLACED_IN_CIRCLE: _("Choose the one that is in use, and take away what it is replaced by."),
    KEY_TWICE: _("Give one of the rows another key."),
    LABEL_TOO_LONG: _("Shorten the name, and put the rest in the description."),
    KEY_TOO_LONG: _MEND_ROW,
    TEXT_TOO_LONG: _MEND_ROW,
    CODE_STRANGE: _MEND_ROW,
    LEVEL_OUTSIDE: _MEND_ROW,
    WHICH_FRAMEWORK: _("Choose the framework it goes into, or add the sheet that names it."),
    UNKNOWN_UNIT: _MEND_ROW,
    UNKNOWN_APPLIES_TO: _MEND_ROW,
    NOTHING_KNOWN: _("Start from the template, and keep its headings."),
}


def remedy_of(message: str) -> str:
    """What to do about it, or an empty text where nothing needs doing."""
    return REMEDIES.get(message, "")
