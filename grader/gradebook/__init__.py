"""The gradebook of one class: what was handed in, what the runs said, and what people decided afterwards."""
