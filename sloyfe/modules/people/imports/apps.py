from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "sloyfe.modules.people.imports"
    label = "people_imports"
