from django.apps import AppConfig


class StatementsConfig(AppConfig):
    name = "sloyfe.modules.statements"
    label = "statements"
