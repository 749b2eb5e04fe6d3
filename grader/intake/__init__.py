"""What a class handed in: folders and archives of learning platforms to submissions."""
