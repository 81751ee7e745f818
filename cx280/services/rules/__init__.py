"""What 280.4 to 280.6 ask of a service, decided from plain values."""
