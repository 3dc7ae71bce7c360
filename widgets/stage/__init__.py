"""The stage: what all explorers share. It knows none of them."""
