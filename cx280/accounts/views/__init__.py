"""Pages: signing in, one's own account, people, the audit trail."""
