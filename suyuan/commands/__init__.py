"""The commands of `suyuan`, a module for each kind; they parse, call one service and print."""
