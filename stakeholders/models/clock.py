from django.db import models

BEAT = "beat"


class ClockTick(models.Model):
    """When the clock was last heard: beat sent a message, and a worker of this installation has taken it."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.at:%Y-%m-%d %H:%M:%S}"
