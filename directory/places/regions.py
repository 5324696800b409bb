"""The four nations, and the twelve regions that the country is counted by: a closed list."""

from dataclasses import dataclass

NATIONS = ("England", "Scotland", "Wales", "Northern Ireland")


@dataclass(frozen=True, slots=True)
class Region:
    """One of England's nine regions, or a nation that is not divided further.

    ``also`` holds the other names people type for it, in any language of these islands.
    """

    name: str
    slug: str
    nation: str
    also: tuple[str, ...] = ()

    @property
    def is_nation(self) -> bool:
        """Say whether this region is a whole nation."""
        return self.name == self.nation


# In the order the Office for National Statistics uses for England, north to south, and then the other nations.
REGIONS = (
    Region("North East", "north-east", "England", ("North East England", "Gogledd-ddwyrain Lloegr")),
    Region("North West", "north-west", "England", ("North West England", "Gogledd-orllewin Lloegr")),
    Region(
        "Yorkshire and The Humber",
        "yorkshire-and-the-humber",
        "England",
        ("Yorkshire", "Yorks", "Yorkshire and Humber", "Yorkshire and Humberside", "Humber", "Swydd Efrog"),
    ),
    Region("East Midlands", "east-midlands", "England", ("East Midlands England", "Dwyrain Canolbarth Lloegr")),
    Region("West Midlands", "west-midlands", "England", ("West Midlands England", "Gorllewin Canolbarth Lloegr")),
    Region("East of England", "east-of-england", "England", ("Eastern England", "East England", "Dwyrain Lloegr")),
    Region("London", "london", "England", ("Greater London", "London region", "Llundain Fwyaf")),
    Region("South East", "south-east", "England", ("South East England", "De-ddwyrain Lloegr")),
    Region("South West", "south-west", "England", ("South West England", "De-orllewin Lloegr")),
    Region("Scotland", "scotland", "Scotland", ("Alba", "Yr Alban", "Albain")),
    Region("Wales", "wales", "Wales", ("Cymru", "A' Chuimrigh", "An Bhreatain Bheag")),
    Region(
        "Northern Ireland",
        "northern-ireland",
        "Northern Ireland",
        ("NI", "N Ireland", "Ulster", "Tuaisceart Éireann", "Èirinn a Tuath", "Gogledd Iwerddon", "Norlin Airlann"),
    ),
)

# England is a nation of nine regions, so its other names have no region to live with.
_ENGLAND_IS_ALSO = ("Lloegr", "Sasainn", "Sasana", "Ingland")

# Every other name of a region or a nation.
OTHER_NAMES = {region.name: region.also for region in REGIONS} | {"England": _ENGLAND_IS_ALSO}
