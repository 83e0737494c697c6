"""The order of deploys: the parts of a release, the services that still need the old shape, and promotions."""
