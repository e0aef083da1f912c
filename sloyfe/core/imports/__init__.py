"""Files in and out: located tables, values, the log of an import, the rehearsal, and sheets to download."""
