"""Measurements that can be repeated: what is compared is measured in one run, on one machine."""
