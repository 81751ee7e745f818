"""Rules of burden: amounts that know what they leave out, and how they add up to a journey."""
