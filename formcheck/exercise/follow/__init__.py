"""What moved: turning points of the witnesses of a movement, and all that was seen meanwhile."""
