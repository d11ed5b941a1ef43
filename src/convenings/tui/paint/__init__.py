"""From text to what a terminal shows: styles, segments, the time axis, and where everything stands."""
