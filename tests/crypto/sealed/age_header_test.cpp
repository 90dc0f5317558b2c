// age_header
