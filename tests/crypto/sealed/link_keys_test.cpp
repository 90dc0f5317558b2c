// link_keys
