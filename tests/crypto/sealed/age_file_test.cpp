// age_file
