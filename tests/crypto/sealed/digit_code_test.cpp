// digit_code
