// invitation
