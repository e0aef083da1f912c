from django.apps import AppConfig


class StaffingConfig(AppConfig):
    name = "sloyfe.modules.staffing"
    label = "staffing"
