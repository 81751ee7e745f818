"""What people answered, and the page on which they answer."""
