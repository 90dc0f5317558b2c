// age_identity
