from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "sloyfe.core.audit"
    label = "audit"
