// Every operation is written in the words of `Operations`.
@_exported public import Operations
