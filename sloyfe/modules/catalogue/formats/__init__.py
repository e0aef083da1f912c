"""Framework files in and out: one reader per real format, all ending in `draft.Draft`. No Django here."""
