"""An import contract: one module reaches another only through its `public.py`.

The contracts that come with import-linter cannot say «its own module, or the door of another».
Foreign keys cross modules by name and are no imports, so they need no exception here.
"""

from __future__ import annotations

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class FrontDoor(Contract):
    container: str = fields.StringField()  # type: ignore[assignment]  # a contract fills its fields in
    door: str = fields.StringField()  # type: ignore[assignment]

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        windows = [
            (importer, imported)
            for importer in sorted(graph.find_descendants(self.container))
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if self._climbs_in(importer, imported)
        ]
        return ContractCheck(kept=not windows, metadata={"windows": windows})

    def _climbs_in(self, importer: str, imported: str) -> bool:
        inside = f"{self.container}."
        if not imported.startswith(inside):
            return False
        ours = importer.removeprefix(inside).split(".")[0]
        theirs = imported.removeprefix(inside).split(".")[0]
        return ours != theirs and imported != f"{inside}{theirs}.{self.door}"

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["windows"]:
            output.print_error(f"{importer} climbs in through {imported}; use that module's {self.door}.py")
