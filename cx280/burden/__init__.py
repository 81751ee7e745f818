"""What a journey takes of people: time to find out and to comply, money, strain; and in all."""
