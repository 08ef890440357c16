"""Properties are tested the same way everywhere: no timing in a test, and the same examples on every run."""

from hypothesis import HealthCheck, settings

settings.register_profile("marsad", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("marsad")
