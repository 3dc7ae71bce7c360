"""What a learner types and reads: the `commands`, the boxes they show (`report`), and the sentences beside them."""
