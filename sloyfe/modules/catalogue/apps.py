from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "sloyfe.modules.catalogue"
    label = "catalogue"
