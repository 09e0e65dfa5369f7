"""Plans: what somebody is to do, exercise by exercise; read, checked, walked through live, and found again in a recording."""
