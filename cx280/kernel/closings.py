"""Days on which an executive order closed Federal offices for the whole day.

Half-day closings are left out: an office that opens in the morning can send a report. Each new
order is one line here; nothing else has to change.
"""

from datetime import date

# day: (executive order, reason)
CLOSINGS: dict[date, tuple[str, str]] = {
    date(2001, 12, 24): ("EO 13238", "Christmas Eve"),
    date(2003, 12, 26): ("EO 13320", "day after Christmas"),
    date(2004, 6, 11): ("EO 13343", "mourning for Ronald Reagan"),
    date(2007, 1, 2): ("EO 13421", "mourning for Gerald R. Ford"),
    date(2007, 12, 24): ("EO 13453", "Christmas Eve"),
    date(2008, 12, 26): ("EO 13482", "day after Christmas"),
    date(2012, 12, 24): ("EO 13633", "Christmas Eve"),
    date(2014, 12, 26): ("EO 13682", "day after Christmas"),
    date(2018, 12, 5): ("EO 13852", "mourning for George H. W. Bush"),
    date(2018, 12, 24): ("EO 13854", "Christmas Eve"),
    date(2019, 12, 24): ("EO 13900", "Christmas Eve"),
    date(2020, 12, 24): ("EO 13965", "Christmas Eve"),
    date(2024, 12, 24): ("EO 14129", "Christmas Eve"),
    date(2025, 1, 9): ("EO 14133", "mourning for Jimmy Carter"),
    date(2025, 12, 24): ("EO 14371", "Christmas Eve"),
    date(2025, 12, 26): ("EO 14371", "day after Christmas"),
}
