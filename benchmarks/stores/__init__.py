"""One build in several stores: do the named queries answer alike? ``make stores`` writes docs/stores.md."""
