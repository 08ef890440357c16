"""How large the parts are into which files are cut, and what one report may cost before it is set aside."""

from dataclasses import dataclass

from marsad.limits import limit


@dataclass(frozen=True, slots=True)
class ScaleLimits:
    """The limits of one `marsad map`; `--limit NAME=NUMBER` sets another."""

    part_bytes: int = limit(8_000_000, "of JSON Lines or WARC in one part: minutes of work, lost at most if all is cut")
    part_rows: int = limit(2_000, "rows of a Parquet file in one part")
    record_seconds: int = limit(300, "for one report, which is then set aside; long ones full of claims take seconds")
    record_bytes: int = limit(4_000_000_000, "memory of the process that reads; one report more is refused")
    tries: int = limit(3, "times that what ends its process is tried; chance kills too (memory, a machine lost)")
