from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "sloyfe.core.ui"
    label = "ui"
