// device_keys
