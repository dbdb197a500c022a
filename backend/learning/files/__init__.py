"""Reading what data sets are published in: folders, zips, zips in zips, JSON and CSV."""
