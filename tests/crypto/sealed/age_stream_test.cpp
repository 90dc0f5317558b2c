// age_stream
