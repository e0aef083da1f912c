from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "sloyfe.core.search"
    label = "search"
