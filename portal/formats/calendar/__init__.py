"""Meetings as documents that agendas understand: iCalendar (RFC 5545, RFC 7986). Pure."""
