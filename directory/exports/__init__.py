"""What anybody takes away: a search or a list as a spreadsheet, a calendar, a feed; a listing as linked data.

Knows no session and no request: it is handed a selection, rows and the site's settings, and gives text or bytes.
"""
