"""What outlasts a kernel: the lessons as files (`book`), what was done (`progress`), all of it in one file (`work`)."""
