// keyring
