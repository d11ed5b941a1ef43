"""A conference of two years: rooms, tracks, times with ends, links, and speakers who come back."""

from __future__ import annotations

from convenings.domain.record_values import Description, Link
from convenings.domain.records import Event, Participation, Person, Place, Record, Topic

FIRST, SECOND = "event/quay-2020", "event/quay-2021"
SATURDAY, SUNDAY, NEXT_YEAR = "2020-02-01", "2020-02-02", "2021-02-06"
ROOMS = ("Anchor", "Buoy", "Crane")


def session(
    slug: str, whole: str, day: str, times: str, room: str = "", speakers: tuple[str, ...] = (), **fields: object
) -> list[Record]:
    """A talk, ``times`` being its start and its end (``09:00-09:25``), and who speaks there, by first name."""
    start, _, end = times.partition("-")
    values: dict[str, object] = {"type": "talk", "label": slug.replace("-", " ").capitalize(), **fields}
    talk = Event(
        id=f"event/{slug}",
        super_event=whole,
        date=day,
        date_basis="stated",
        start_time=start,
        end_time=end or None,
        place=f"place/{room.lower()}" if room else None,
        **values,  # type: ignore[arg-type]
    )
    return [
        talk,
        *(
            Participation(id=f"participation/{slug}-{name}", event=talk.id, agent=f"person/{name}", role="speaker")
            for name in speakers
        ),
    ]


def two_years() -> list[Record]:
    """Saturday and Sunday of the first year, and a Saturday of the next."""
    links = [
        Link(url="https://video.example/ropes.webm", rel="video", label="Recording"),
        Link(url="mailto:a@b.example"),
    ]
    return [
        Place(id="place/quay", label="The Quay", type="venue"),
        *(Place(id=f"place/{name.lower()}", label=name, type="room", parent="place/quay") for name in ROOMS),
        Topic(id="topic/ropes", label="Ropes", type="track"),
        Topic(id="topic/lamps", label="Lamps", type="track"),
        *(Person(id=f"person/{name}", label=name.capitalize()) for name in ("ada", "bo", "cai")),
        Event(id=FIRST, label="Quay 2020", type="conference", date=f"{SATURDAY}/{SUNDAY}", date_basis="stated"),
        Event(id=SECOND, label="Quay 2021", type="conference", date=NEXT_YEAR, date_basis="stated"),
        *session("welcome", FIRST, SATURDAY, "09:00-09:25", "Anchor", ("ada",)),
        *session(
            "how-to-splice-a-rope", FIRST, SATURDAY, "09:30-10:20", "Anchor", ("ada", "bo"), topics=["topic/ropes"],
            links=links,
            descriptions=[Description(text="We splice.", title="abstract", by="person/ada")],
        ),
        *session("signal-lamps", FIRST, SATURDAY, "09:30-09:55", "Buoy", ("cai",), topics=["topic/lamps"]),
        *session("lamps-again", FIRST, SATURDAY, "10:00-10:30", "Buoy", ("cai",), topics=["topic/lamps"]),
        *session("beside-it", FIRST, SATURDAY, "10:10-10:40", "Buoy", status="cancelled"),
        *session("knots", FIRST, SATURDAY, "10:00-11:00", "Crane", ("bo",), topics=["topic/ropes"]),
        *session("walk", FIRST, SATURDAY, "12:00"),
        *session("late-tides", FIRST, SUNDAY, "00:30-01:00", "Crane", ("cai",)),
        *session("farewell", FIRST, SUNDAY, "11:00-11:30", "Anchor", ("ada",)),
        *session("ropes-a-year-on", SECOND, NEXT_YEAR, "10:00-10:50", "Anchor", ("ada",), topics=["topic/ropes"]),
    ]  # fmt: skip
