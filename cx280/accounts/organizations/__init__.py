"""Pages of the organization tree.

They stand here and not in cx280/agencies because who may open them is decided by roles, and
roles name organizations: agencies lie below accounts (decision 2).
"""
