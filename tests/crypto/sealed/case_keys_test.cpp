// case_keys
