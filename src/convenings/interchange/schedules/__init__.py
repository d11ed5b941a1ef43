"""Conference schedules: frab, Pentabarf, pretalx and wafer, as XML and as JSON."""
