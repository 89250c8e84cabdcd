package main

import _ "github.com/mattfenwick/cyclonus/pkg/matcher"

func main() {}
