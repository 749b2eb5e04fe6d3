# goal: the same without touching the border: a class with a name of megabytes, raised while the file is read
# family: report
# expects: 0 runtime_error
# afterwards: memory, honest
raise type("A" * 3_000_000, (Exception,), {})("x" * 3_000_000)


def softmax(a):
    return None
