// age_binary
