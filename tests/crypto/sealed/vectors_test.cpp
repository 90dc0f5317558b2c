// vectors
