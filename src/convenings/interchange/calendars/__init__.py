"""iCalendar (RFC 5545, 7986, 9073, 9253), in and out.

Content lines are read here and not by the library, which refuses a whole file for one property, tells nothing of where
one stands, and takes eight times as long; of it are the names of zones, and the definitions of those that are written.
"""
