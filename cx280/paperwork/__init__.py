"""The Paperwork Reduction Act packet: requests to OMB, studies, statements, burden (280.11)."""
