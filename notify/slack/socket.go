package slack

const ackAction = "acknowledge"
