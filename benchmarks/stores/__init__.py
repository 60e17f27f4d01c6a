"""One build in several stores: do the named queries give the same rows in each? ``make stores`` writes docs/stores.md."""
