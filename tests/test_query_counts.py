"""How many statements each main page asks. `QUERIES=write pytest tests/test_query_counts.py` writes the file anew."""

from __future__ import annotations

import json
import os
from pathlib import Path

from django.db import connections
from django.test.utils import CaptureQueriesContext

FILE = Path(__file__).with_name("query_counts.json")
AT_MOST = 25
PAGES = {
    "employee": (
        "/",
        "/ask/",
        "/ask/?q=tolk",
        "/me/",
        "/me/weeks/",
        "/me/levels/",
        "/rounds/",
        "/plans/",
        "/catalogue/",
        "/organisation/",
    ),
    "leader": ("/", "/needs/", "/plans/", "/roles/", "/team/"),
    "resource_person": ("/area/needs/",),
    "hr_admin": ("/organisation/", "/import/"),
    "union_rep": ("/setup/",),
}


def test_no_page_asks_more_than_it_did(as_role):
    counted = {}
    for role, paths in PAGES.items():
        client = as_role(role)
        for path in paths:
            with CaptureQueriesContext(connections["default"]) as asked:
                assert client.get(path).status_code == 200, path
            counted[f"{role} {path}"] = len(asked)
    if os.environ.get("QUERIES") == "write":
        FILE.write_text(json.dumps(counted, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    assert not {page for page, count in counted.items() if count > AT_MOST}
    assert counted == json.loads(FILE.read_text(encoding="utf-8"))
