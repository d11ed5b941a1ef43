"""Stories of users, played in the explorer without a terminal."""
